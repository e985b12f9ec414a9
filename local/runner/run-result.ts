import { dirname, join } from "node:path";
import { REPORT_FILE, type Report, type ReportedFile, reportSchema, type SkippedFile } from "../../engine/report";
import { runPrefix } from "../../engine/run-context";
import type { S3Store } from "../s3/s3-store";
import type { ExecutionResult } from "../step-functions/execution";
import { readListedFiles, readSkippedFiles } from "./listed-files";
import type { RunCalls } from "./run-calls";

export interface RunResult {
  readonly server: string;
  readonly sync: string;
  /** Name of the execution. */
  readonly run: string;
  readonly status: Report["status"];
  readonly error?: Report["error"];
  /** `spared`: seen, and not listed, since no wanted file can lie in them. */
  readonly folders: { readonly listed: number; readonly failed: number; readonly spared: number };
  readonly files: {
    readonly seen: number;
    readonly transferred: number;
    readonly failed: number;
    /** Present in a dry run. */
    readonly wouldTransfer?: number;
    readonly skipped: Readonly<Record<string, number>>;
  };
  readonly bytes: number;
  /** From the start of the execution to its end; the report's own begin in the first function. */
  readonly seconds: number;
  readonly calls: RunCalls;
  readonly failures: Report["failures"];
  /** Present where there are more: how many, and the files that name every failure, one JSON document a line. */
  readonly furtherFailures?: {
    readonly count: number;
    readonly lists: readonly string[];
    /** Present where the lists end before the failures do. */
    readonly unlisted?: number | undefined;
  };
  /** The files that name each file that was transferred, or in a dry run would be: one JSON document a line. Absent where there are none. */
  readonly fileLists?: {
    readonly lists: readonly string[];
    /** Present where the lists end before the files do. */
    readonly unlisted?: number | undefined;
  };
  /** The first of these files, as many as were wanted. Absent where there are none. */
  readonly listedFiles?: readonly ReportedFile[];
  /**
   * The files that name those that were skipped, or in a dry run would be: one JSON document a line. Absent where there are
   * none. A run that copies names the first hundred of each reason but `unchanged`.
   */
  readonly skippedLists?: {
    readonly lists: readonly string[];
    /** Present where they do not name all: how many are missing. */
    readonly unlisted?: number | undefined;
  };
  /** The first of these, as many as were wanted; those that are unchanged only where all were. Absent where no list names any. */
  readonly listedSkipped?: readonly SkippedFile[];
  readonly warnings: readonly string[];
  /** Absent where the execution died before its report. */
  readonly reportFile?: string;
  /** Where the functions' logs of this call lie. */
  readonly logFolder: string;
}

export interface EndedRun {
  readonly server: string;
  readonly sync: string;
  readonly run: string;
  readonly dryRun: boolean;
  readonly seconds: number;
  readonly execution: ExecutionResult;
  readonly calls: RunCalls;
  readonly logFolder: string;
  /** So many of the files that it transferred are to be named in the result, and of those that it skipped; default: none. */
  readonly mostFiles?: number | undefined;
}

/** Reads a run's report from the list-results bucket; without one, the execution's own error has to do. */
export async function readRunResult(store: S3Store, bucket: string, ended: EndedRun): Promise<RunResult> {
  const { server, sync, run, seconds, execution, calls, logFolder } = ended;
  const key = runPrefix(server, sync, run) + REPORT_FILE;
  const text = await readText(store, bucket, key);
  if (text === undefined) {
    return withoutReport(ended);
  }
  const report = reportSchema.parse(JSON.parse(text));
  const error = report.error ?? executionError(execution);
  const reportFile = join(store.directory, bucket, key);
  return {
    server,
    sync,
    run,
    status: error === undefined ? report.status : "FAILED",
    ...(error === undefined ? {} : { error }),
    folders: folderCounts(report.folders),
    files: fileCounts(report.files),
    bytes: report.bytes,
    seconds,
    calls,
    failures: report.failures,
    ...furtherFailures(report, dirname(reportFile)),
    ...lists(report, dirname(reportFile)),
    ...(await listedFiles(store, bucket, report, ended)),
    warnings: report.warnings,
    reportFile,
    logFolder,
  };
}

function folderCounts({ listed, failed, spared }: Report["folders"]): RunResult["folders"] {
  return { listed, failed, spared };
}

function fileCounts({ seen, transferred, failed, wouldTransfer, skipped }: Report["files"]): RunResult["files"] {
  return { seen, transferred, failed, ...(wouldTransfer === undefined ? {} : { wouldTransfer }), skipped };
}

function furtherFailures(
  { furtherFailures: further }: Report,
  folder: string,
): Pick<RunResult, "furtherFailures"> | undefined {
  return further && { furtherFailures: { ...further, lists: further.lists.map((name) => join(folder, name)) } };
}

function lists(
  { fileLists, skippedLists }: Report,
  folder: string,
): Pick<RunResult, "fileLists" | "skippedLists"> | undefined {
  const placed = (named: NonNullable<RunResult["fileLists"]>) => ({
    ...named,
    lists: named.lists.map((name) => join(folder, name)),
  });
  return {
    ...(fileLists && { fileLists: placed(fileLists) }),
    ...(skippedLists && { skippedLists: placed(skippedLists) }),
  };
}

async function listedFiles(
  store: S3Store,
  bucket: string,
  { fileLists, skippedLists }: Report,
  { server, sync, run, mostFiles = 0 }: EndedRun,
): Promise<Pick<RunResult, "listedFiles" | "listedSkipped"> | undefined> {
  const read = (list: string) => readText(store, bucket, runPrefix(server, sync, run) + list);
  return mostFiles === 0
    ? undefined
    : {
        ...(fileLists && { listedFiles: await readListedFiles(fileLists.lists, read, mostFiles) }),
        ...(skippedLists && { listedSkipped: await readSkippedFiles(skippedLists.lists, read, mostFiles) }),
      };
}

function withoutReport({ server, sync, run, dryRun, seconds, execution, calls, logFolder }: EndedRun): RunResult {
  return {
    server,
    sync,
    run,
    status: "FAILED",
    error: executionError(execution) ?? { name: "ReportMissing", message: "The run succeeded without a report" },
    folders: { listed: 0, failed: 0, spared: 0 },
    files: { seen: 0, transferred: 0, failed: 0, ...(dryRun ? { wouldTransfer: 0 } : {}), skipped: {} },
    bytes: 0,
    seconds,
    calls,
    failures: [],
    warnings: [],
    logFolder,
  };
}

function executionError(execution: ExecutionResult): { name: string; message: string } | undefined {
  return execution.status === "SUCCEEDED"
    ? undefined
    : { name: execution.error.name, message: execution.error.cause || `The execution ended as ${execution.status}` };
}

async function readText(store: S3Store, bucket: string, key: string): Promise<string | undefined> {
  const object = await store.open(bucket, key);
  if (object === undefined) {
    return undefined;
  }
  try {
    return await object.handle.readFile("utf8");
  } finally {
    await object.handle.close();
  }
}
