import * as z from "zod";
import { MODES } from "../contract/run-event";
import { FAILURE_KINDS, FAILURE_NAMES } from "./failures/failure";
import { planSchema } from "./plan";

export const REPORT_FILE = "report.json";

/** The last three are absent in reports of earlier versions. */
export const reportedFailureSchema = z.object({
  path: z.string(),
  /** `error` and `detail` in one line, under the name that it has always had here; a file is skipped for other reasons. */
  reason: z.string(),
  error: z.enum(FAILURE_NAMES).optional(),
  kind: z.enum(FAILURE_KINDS).optional(),
  detail: z.string().optional(),
});

/** A file that was transferred, or in a dry run would be, as a line of a list has it. */
export const reportedFileSchema = z.object({
  path: z.string(),
  /** Bytes, of the object where there is one, else as listed. */
  size: z.number().optional(),
  /** ISO 8601, as listed. */
  modified: z.string().optional(),
});

/** A file that was not transferred, or in a dry run would not be, as a line of a list has it. */
export const skippedFileSchema = reportedFileSchema.extend({
  /** One of those that `files.skipped` counts. */
  reason: z.string(),
});

/** Lists beside a report: of failures, of files that were transferred, and of those that were skipped. */
export type ListKind = "failures" | "files" | "skipped";

/** @param number counted from 1. @returns the name of a list's object: `files-001.jsonl`. */
export function listName(kind: ListKind, number: number): string {
  return `${kind}-${String(number).padStart(3, "0")}.jsonl`;
}

/** Names of objects beside the report, and of nothing else that lies elsewhere: whoever reads a report opens them. */
function listsOf(kind: ListKind) {
  return z.array(z.string().regex(new RegExp(`^${kind}-\\d{3,}\\.jsonl$`))).readonly();
}

/** What a run leaves behind for people and programs: `runs/SERVER/SYNC/RUN/report.json`. */
export const reportSchema = z.object({
  version: z.literal(1),
  server: z.string(),
  sync: z.string(),
  run: z.string(),
  execution: z.string(),
  /** `SKIPPED`: another run of the sync was at work. */
  status: z.enum(["SUCCEEDED", "FAILED", "SKIPPED"]),
  error: z.object({ name: z.string(), message: z.string() }).optional(),
  dryRun: z.boolean(),
  /** Absent in what an earlier version wrote. */
  mode: z.enum(MODES).optional(),
  /** As the event has it: UTC seconds. */
  fromTimestamp: z.number().optional(),
  /** The remote folder with its date tags resolved. */
  folder: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  seconds: z.number(),
  folders: z.object({
    listed: z.int(),
    failed: z.int(),
    missing: z.int(),
    truncated: z.int(),
    spared: z.int().default(0),
  }),
  /** `seen` = `transferred` (in a dry run `wouldTransfer`) + `failed` + all of `skipped` + `unfinished`. */
  files: z.object({
    seen: z.int(),
    transferred: z.int(),
    failed: z.int(),
    wouldTransfer: z.int().optional(),
    /** To be transferred when the run ended early; the next run takes them up. */
    unfinished: z.int(),
    skipped: z.record(z.string(), z.int()),
  }),
  bytes: z.number(),
  /** Present where files were transferred, or in a dry run would be; absent in what an earlier version wrote. */
  fileLists: z
    .object({
      /** Objects beside this one that name each of these files: one a line. */
      lists: listsOf("files"),
      /** Present where the lists end before the files do: how many they do not name. */
      unlisted: z.int().optional(),
    })
    .optional(),
  /**
   * Present where lists name any of the files that were skipped; absent in what an earlier version wrote. A dry run's name
   * every one, those that are `unchanged` last; a run's that copies name the first hundred of each other reason.
   */
  skippedLists: z
    .object({
      /** Objects beside this one that name these files: one a line. */
      lists: listsOf("skipped"),
      /** Present where they do not name all that `files.skipped` counts: how many are missing. */
      unlisted: z.int().optional(),
    })
    .optional(),
  /** Of a dry run that has decided anything; absent in reports of earlier versions. */
  plan: planSchema.optional(),
  /** Files sent again because the answer to their first call was lost. */
  resentInDoubt: z.int(),
  warnings: z.array(z.string()),
  /** The first thousand, and the first of each `error` that is not among them. */
  failures: z.array(reportedFailureSchema),
  /** Present where there are more. */
  furtherFailures: z
    .object({
      /** How many are not among `failures`. */
      count: z.int(),
      /** Objects beside this one that name every failure, those of `failures` too: one a line, in the same form. */
      lists: listsOf("failures"),
      /** Present where the lists end before the failures do: how many they do not name. */
      unlisted: z.int().optional(),
    })
    .optional(),
});

export type ReportedFile = z.infer<typeof reportedFileSchema>;
export type SkippedFile = z.infer<typeof skippedFileSchema>;
export type ReportedFailure = z.infer<typeof reportedFailureSchema>;
export type Report = z.infer<typeof reportSchema>;
