import * as z from "zod";
import { joinPath } from "../../contract/file-place";
import type { ReportedFile } from "../report";

/** A folder to list. */
export const frontierItemSchema = z.object({
  folder: z.string(),
  depth: z.int().min(0),
  /** How often it was listed before, and that failed. */
  attempt: z.int().min(0).default(0),
  /** When the answer to the first call for its listing was lost. ISO 8601. */
  lostAt: z.string().optional(),
});

/** A folder whose listing failed, and may succeed later. */
export const repeatedFolderSchema = frontierItemSchema.extend({
  /** Not to be listed before this time. ISO 8601. */
  notBefore: z.string(),
});

/** A listing that was started. */
export const startedListingSchema = frontierItemSchema.omit({ lostAt: true }).extend({
  /** Name of the output, `CONNECTOR-LISTING.json`. */
  file: z.string(),
});

/** A folder whose listing has arrived. */
export const listedFolderSchema = z.object({
  folder: z.string(),
  depth: z.int().min(0),
  /** Key of the listing. */
  listing: z.string(),
  /** When the listing was asked for: ages are counted from here. */
  startedAt: z.string(),
});

const fileItemSchema = z.object({
  name: z.string(),
  /** Bytes. */
  size: z.number().optional(),
  /** ISO 8601, as listed. */
  modified: z.string().optional(),
});

/** Files of one folder that go into one StartFileTransfer call. */
export const batchSchema = z.object({
  folder: z.string(),
  /** How often these files were tried before, and failed. */
  attempt: z.int().min(0),
  /** How often they were sent before without an answer. */
  doubts: z.int().min(0).default(0),
  files: z.array(fileItemSchema).min(1),
});

/** Written before the calls that it announces. Self-contained, since a later run may have to reconcile it. */
export const intentSchema = z.object({
  destination: z.object({ bucket: z.string(), prefix: z.string() }),
  batches: z.array(batchSchema).min(1),
});

/** What became of one announced call. */
const startedBatchSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("started"), id: z.string() }),
  z.object({ status: z.literal("refused") }),
  z.object({ status: z.literal("rejected"), name: z.string(), message: z.string() }),
  z.object({ status: z.literal("unknown"), message: z.string() }),
]);

/** Written after the calls, one entry per batch of the intent. */
export const startedSchema = z.array(startedBatchSchema);

export type FrontierItem = z.infer<typeof frontierItemSchema>;
export type RepeatedFolder = z.infer<typeof repeatedFolderSchema>;
export type StartedListing = z.infer<typeof startedListingSchema>;
export type ListedFolder = z.infer<typeof listedFolderSchema>;
export type FileItem = z.infer<typeof fileItemSchema>;
export type Batch = z.infer<typeof batchSchema>;
export type Intent = z.infer<typeof intentSchema>;
export type StartedBatch = z.infer<typeof startedBatchSchema>;

/** A file of a folder, as lists beside a report have it. */
export function reportedFile(folder: string, { name, size, modified }: FileItem): ReportedFile {
  return { path: joinPath(folder, name), size, modified };
}
