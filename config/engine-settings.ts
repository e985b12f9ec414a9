import { z } from "zod";

/**
 * The service's limits that shape a run. Each is a setting because accounts and Regions differ, and because the local
 * emulation runs unthrottled.
 */
export const connectorLimitsSchema = z.strictObject({
  /** StartDirectoryListing calls per second and connector: about 3 (Transfer Family user guide, SFTP connector quotas). */
  listingsPerSecond: z.number().positive().default(3),
  /** Files that may wait in one connector's queue: 1,000 (Transfer Family user guide, SFTP connector quotas). */
  pendingFiles: z.int().positive().default(1000),
  /**
   * MaxItems of a listing. The user guide says 10,000; the API model of 2026 says 200,000. The lower figure is safe in
   * every Region, and a longer folder is reported (`ListingTruncated`), never cut silently.
   */
  maxListingItems: z.int().min(1).max(200_000).default(10_000),
});

/** Every figure in seconds. */
export const timeoutsSchema = z.strictObject({
  /** How long one Lambda slice works before it hands back to the state machine. */
  slice: z.int().min(1).max(840).default(240),
  /** A Lambda's own limit: a slice, and time to write down what it did. */
  lambda: z.int().min(2).max(900).default(300),
  /** A Task's limit: above the Lambda's, so that a timed-out Task leaves no live Lambda beside its retry. */
  task: z.int().min(3).default(360),
  /** A listing with neither output nor failure event. */
  listing: z.int().min(1).default(1800),
  /** A transfer without a terminal status; a queued file may wait 12 hours (Transfer Family user guide). */
  transfer: z.int().min(1).default(45_000),
  /** A transfer whose id was lost is looked for in S3 this long before it is started again. */
  inDoubt: z.int().min(0).default(900),
  /** After this a run stops starting work and ends in order, as `RunTimedOut`. */
  run: z.int().min(1).default(86_400),
  /** Step Functions' hard limit for one execution. */
  execution: z.int().min(1).default(90_000),
  /** Longest pause between two rounds of the loop. */
  maxWait: z.int().min(1).default(60),
});

/** What the engine's Lambdas are told in the variable `ENGINE_SETTINGS` (JSON). */
export const engineSettingsSchema = z.strictObject({
  connectorLimits: connectorLimitsSchema.prefault({}),
  timeouts: timeoutsSchema.prefault({}),
});

export type ConnectorLimits = z.infer<typeof connectorLimitsSchema>;
export type Timeouts = z.infer<typeof timeoutsSchema>;
export type EngineSettings = z.infer<typeof engineSettingsSchema>;
