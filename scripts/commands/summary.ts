import { printable } from "../../contract/printable";
import type { StorageFailure } from "../../local/errors/storage-failure";
import type { RunResult } from "../../local/runner/run-result";
import type { Format } from "../terminal/style";
import { type Cell, table } from "../terminal/table";
import { advice } from "./advice";
import { count, formatBytes } from "./figures";
import { listedFilesLines } from "./listed-files";
import type { LocalResult } from "./local";
import { displayed } from "./paths";
import { skippedFilesLines } from "./skipped-files";

const MAX_FAILURES = 10;

const STATUS_COLOURS: Readonly<Record<RunResult["status"], Format>> = {
  SUCCEEDED: "green",
  FAILED: "red",
  SKIPPED: "yellow",
};

/** The document of `--json`: the fields of the command's contract and nothing else. */
export function resultDocument({ runs, disabled = [], failure }: LocalResult): object {
  return {
    runs: runs.map(({ reportFile, logFolder: _, ...result }) => ({
      ...result,
      ...(reportFile === undefined ? {} : { report: reportFile }),
    })),
    ...(disabled.length === 0 ? {} : { disabled }),
    ...(failure === undefined ? {} : { error: errorDocument(failure) }),
  };
}

/** Where, what, and what to do. */
function errorDocument({ name, message, folder, code, next }: StorageFailure): object {
  return { name, message, folder, ...(code === undefined ? {} : { code }), next };
}

/**
 * What a person reads at the end: a table, and for each run what went wrong and where its report is.
 * @param next the next command, or what to do before it.
 */
export function summary({ runs, disabled = [], failure }: LocalResult, next: string | undefined): string {
  if (runs.length === 0 && (disabled.length === 0 || failure !== undefined)) {
    return failure === undefined ? "Nothing was run." : "No run has ended.";
  }
  const dryRun = runs.some(({ files }) => files.wouldTransfer !== undefined);
  const overview = table(
    [
      { head: "Sync" },
      { head: "Status" },
      { head: "Folders", align: "right" },
      { head: "Files", align: "right" },
      { head: dryRun ? "Would copy" : "Copied", align: "right" },
      { head: "Failed", align: "right" },
      { head: "Skipped" },
      { head: "Size", align: "right" },
    ],
    [
      ...runs.map(row),
      ...disabled.map(({ server, sync }) => [`${server} / ${sync}`, { text: "disabled", format: "dim" } as const]),
    ],
  );
  return [overview, ...runs.map(details), ...(next === undefined ? [] : [`Next: ${next}`])].join("\n");
}

function row({ server, sync, status, folders, files, bytes }: RunResult): Cell[] {
  return [
    `${server} / ${sync}`,
    { text: status, format: STATUS_COLOURS[status] },
    foldersText(folders),
    String(files.seen),
    String(files.wouldTransfer ?? files.transferred),
    String(files.failed + folders.failed),
    reasons(files.skipped),
    formatBytes(bytes),
  ];
}

function foldersText({ listed, spared }: RunResult["folders"]): string {
  return spared === 0 ? String(listed) : `${listed}\n${spared} spared`;
}

function reasons(skipped: Readonly<Record<string, number>>): string {
  const entries = Object.entries(skipped).filter(([, number]) => number > 0);
  return entries.length === 0 ? "0" : entries.map(([reason, number]) => `${number} ${reason}`).join("\n");
}

/** Where every failure of a run stands. */
function places(further: RunResult["furtherFailures"]): string {
  const lists = further?.lists.map(displayed) ?? [];
  const [first = "the report", ...others] = lists;
  const last = others.at(-1);
  return last === undefined ? first : `${first} to ${last}`;
}

function nextStepOf(run: RunResult): string | undefined {
  const { status, error } = run;
  if (status === "SKIPPED") {
    return "Wait for that run to end, then run this command again.";
  }
  return error === undefined ? undefined : advice(error.name, run);
}

function details(run: RunResult): string {
  const {
    server,
    sync,
    error,
    files,
    listedFiles = [],
    listedSkipped,
    skippedLists,
    failures,
    furtherFailures,
    warnings,
    reportFile,
    logFolder,
  } = run;
  const more = failures.length + (furtherFailures?.count ?? 0) - MAX_FAILURES;
  const whatToDo = nextStepOf(run);
  return [
    `${server} / ${sync}`,
    ...(error === undefined ? [] : [`  ${error.name}: ${error.message}`]),
    ...listedFilesLines(listedFiles, files).map((line) => `  ${line}`),
    ...skippedFilesLines(listedSkipped, skippedLists, files).map((line) => `  ${line}`),
    ...failures.slice(0, MAX_FAILURES).map(({ path, reason }) => `  - ${path}: ${reason}`),
    ...(more > 0 ? [`  ... and ${count(more, "more failure")} in ${places(furtherFailures)}`] : []),
    ...warnings.map((warning) => `  Note: ${warning}`),
    ...(whatToDo === undefined ? [] : [`  What to do: ${whatToDo}`]),
    `  Report: ${reportFile === undefined ? "none, the execution ended before it" : displayed(reportFile)}`,
    ...(error === undefined ? [] : [`  Logs of the functions: ${displayed(logFolder)}`]),
  ]
    .map(printable)
    .join("\n");
}
