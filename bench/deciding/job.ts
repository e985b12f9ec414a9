import * as z from "zod";
import { FOLDER } from "./folder";

/** What a process of `decide-process.ts` is to do. */
export interface DecideJob {
  /** `parse`: only the JSON, as a measure of what no reader can do without. */
  readonly what: "decide" | "parse";
  readonly listingFile: string;
  readonly ledgerFile: string;
  /** How often, after the first time. */
  readonly times: number;
}

const usageSchema = z.object({ wallSeconds: z.number(), cpuSeconds: z.number() });

export const decidedSchema = z.object({
  /** Requests to S3 by their kinds. */
  requests: z.record(z.string(), z.int()),
  unchanged: z.int(),
  transfers: z.int(),
  /** In a fresh process. `peakBytes`: resident, beyond what the process had before. */
  first: usageSchema.extend({ peakBytes: z.number() }),
  /** Once it has done so before, as a warm function has. */
  warm: z.array(usageSchema),
});

export type Decided = z.infer<typeof decidedSchema>;

export const LISTING_KEY = "listing";

/** What the state machine would hand to the function. */
export const runInput = {
  Event: {
    Name: "partner",
    Connector: "c-1",
    ReportBucket: "list-results",
    SyncSettings: [
      {
        Name: "data",
        LocalRepository: { BucketName: "target", Prefix: "in" },
        RemoteFolders: { Folder: FOLDER, Recursive: true },
      },
    ],
    Schedule: "rate(1 day)",
  },
  Execution: { Id: "execution", Name: "run-1", StartTime: "2026-02-01T00:00:00Z" },
  StateMachine: { Id: "state-machine" },
};
