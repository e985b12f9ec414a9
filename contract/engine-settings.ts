import * as z from "zod";

/**
 * The service's limits that shape a run. Each is a setting because accounts and Regions differ, and because the local
 * emulation runs unthrottled.
 */
export const connectorLimitsSchema = z.strictObject({
  listingsPerSecond: z
    .number()
    .positive()
    .default(3)
    .describe("StartDirectoryListing calls per second and connector; about 3 (Transfer Family user guide, quotas)"),
  pendingFiles: z
    .int()
    .positive()
    .default(1000)
    .describe("files that may wait in one connector's queue; 1,000 (Transfer Family user guide, quotas)"),
  // The user guide says 10,000, the API model of 2026 says 200,000. The lower figure is safe in every Region.
  maxListingItems: z
    .int()
    .min(1)
    .max(200_000)
    .default(10_000)
    .describe("entries asked for per folder; a longer folder is reported as `ListingTruncated`, never cut silently"),
});

const seconds = (minimum: number, value: number, meaning: string) =>
  z.int().min(minimum).default(value).describe(meaning);

/** Maximum request wait time and maximum transfer time of a file, 12 hours each (Transfer Family user guide, quotas). */
export const LONGEST_TRANSFER_SECONDS = 24 * 3600;

/** A transfer that starts within the first twenty hours ends before the run has to. */
const DEFAULT_RUN_SECONDS = 165_600;

/** Every figure in seconds. */
export const timeoutsSchema = z.strictObject({
  slice: seconds(1, 240, "how long one Lambda slice works before it hands back to the state machine"),
  lambda: z.int().min(2).max(900).default(300).describe("a Lambda's own limit: a slice, and time to write it down"),
  task: seconds(3, 360, "a Task's limit: above the Lambda's, so that no live Lambda is left beside its retry"),
  listing: seconds(
    1,
    1800,
    "a folder of whose listings, all attempts together, nothing is heard while no transfer of its run is in flight",
  ),
  // The second pause is three times as long: together they outlast the restart of a server.
  listingPause: seconds(0, 20, "until a folder whose listing failed is listed again for the first time"),
  transfer: seconds(
    1,
    90_000,
    "a transfer without a terminal status: a file may wait 12 hours in the queue and take 12 hours",
  ),
  connector: seconds(
    0,
    900,
    "how long a run waits for a connector that is being created or updated, before it ends as `ConnectorNotReady`",
  ),
  inDoubt: seconds(
    0,
    900,
    "how long a transfer whose id was lost is looked for in S3 before it is started again; above a Lambda's limit",
  ),
  run: seconds(1, DEFAULT_RUN_SECONDS, "after this a run starts no more work and ends in order, as `RunTimedOut`"),
  execution: seconds(1, 172_800, "Step Functions' hard limit for one execution"),
  maxWait: seconds(1, 60, "longest pause between two rounds of a run's loop"),
  // The service says how long only sometimes; full jitter spreads runs that were refused together.
  maxPause: seconds(1, 10, "longest pause after the connector refused a call, besides what the refusal asks for"),
});

/**
 * Step Functions ends an execution at 25,000 history events. A round writes 21 events, and 102 where every Task uses up its
 * Retries: 190 such rounds stay under 20,000, and 240 under the limit. A further execution costs next to nothing.
 */
export const roundsPerExecutionSchema = z
  .int()
  .min(1)
  .max(240)
  .default(190)
  .describe("Rounds of a run's loop in one execution; then the run goes on in a further one.");

/** Bytes a second that all connectors of an account move together (Transfer Family user guide, quotas); it cannot be raised. */
export const ACCOUNT_BYTES_PER_SECOND = 50_000_000;

/**
 * What one run takes on. A remote server is somebody else's: it can list folders in folders for ever, by links that lead back up or
 * on purpose. Folders and entries are beyond what a connector on AWS gets done within `timeouts.run`: 500,000 folders at 3 listings a
 * second, which no other server has to do without. Bytes are shared: all connectors of an account move 50 MB/s together, and a file
 * that waited 12 hours in a queue has failed (Transfer Family user guide, quotas). 2 TB take eleven hours of all of it.
 */
export const runLimitsSchema = z.strictObject({
  folders: z
    .int()
    .min(1)
    .default(1_000_000)
    .describe("folders that a run lists; those that it finds beyond are not listed"),
  entries: z
    .int()
    .min(1)
    .default(50_000_000)
    .describe("entries in the listings of a run, folders among them; beyond, no more folders are listed"),
  bytes: z
    .int()
    .min(1)
    .default(2 * 1000 ** 4)
    .describe(
      "bytes that a run transfers, as they are listed or as they arrive; what does not fit is left to the next run",
    ),
});

/** What the engine's Lambdas are told in the variable `ENGINE_SETTINGS` (JSON). */
export const engineSettingsSchema = z.strictObject({
  connectorLimits: connectorLimitsSchema.prefault({}),
  timeouts: timeoutsSchema.prefault({}),
  roundsPerExecution: roundsPerExecutionSchema,
  runLimits: runLimitsSchema.prefault({}),
});

export type RunLimits = z.infer<typeof runLimitsSchema>;
export type Timeouts = z.infer<typeof timeoutsSchema>;
export type EngineSettings = z.infer<typeof engineSettingsSchema>;
