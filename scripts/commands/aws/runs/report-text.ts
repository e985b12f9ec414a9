import { nextStep } from "../../../../contract/next-step";
import { printable } from "../../../../contract/printable";
import type { Report } from "../../../../engine/report";
import { count, formatBytes } from "../../figures";
import { listedFilesLines } from "../../listed-files";
import { skippedFilesLines } from "../../skipped-files";
import { nextCommand } from "../access/next-command";
import type { AwsOptions } from "../access/session";
import { formatDuration, formatTime } from "../times";
import type { FoundRun } from "./find-run";
import type { Run } from "./run";

const MAX_FAILURES = 20;

/** What a person reads of a run. @param reportUri of its report: `s3://BUCKET/KEY`. @param flags for what to do. */
export function reportText(found: FoundRun, reportUri: string, flags: AwsOptions = {}): string {
  const { run, report } = found;
  const lines = report === undefined ? withoutReport(run) : reported(report, found, reportUri, flags);
  return lines.map(printable).join("\n");
}

function withoutReport(run: Run | undefined): string[] {
  if (run === undefined) {
    return [];
  }
  const { server, sync = "unknown", status, figures, error, execution } = run;
  const isAtWork = status === "RUNNING";
  return [
    `${server} / ${sync}, run ${run.run}: ${isAtWork ? "at work" : status}`,
    `Started ${formatTime(run.startedAt)} by ${run.startedBy}${run.seconds === undefined ? "" : `, took ${formatDuration(run.seconds)}`}`,
    ...(error === undefined ? [] : [`${error.name}: ${error.message}`]),
    ...(figures === undefined
      ? []
      : [
          `So far: ${count(figures.files, "file")} transferred (${formatBytes(figures.bytes)}), ${figures.failed} failed`,
        ]),
    isAtWork
      ? "The report comes at its end."
      : "There is no report: the execution was cut off before it, or the bucket keeps it no more. The next run goes on where this one stopped.",
    ...(isAtWork || error === undefined ? [] : [`What to do: ${nextStep(error.name)}`]),
    `Execution: ${execution}`,
  ];
}

function reported(
  report: Report,
  { run, files: listed = [], skippedFiles }: FoundRun,
  uri: string,
  flags: AwsOptions,
): string[] {
  const { server, sync, folder, startedAt, seconds, folders, files, bytes, failures, furtherFailures } = report;
  const error = run?.error ?? report.error;
  const further = (furtherFailures?.count ?? 0) + Math.max(0, failures.length - MAX_FAILURES);
  const skipped = Object.entries(files.skipped).filter(([, number]) => number > 0);
  const advice = whatToDo(report, error?.name, flags);
  return [
    `${server} / ${sync}, run ${report.run}: ${run?.status ?? report.status}`,
    `Started ${formatTime(startedAt)}${run === undefined ? "" : ` by ${run.startedBy}`}, took ${formatDuration(run?.seconds ?? seconds)}${modeText(report)}`,
    ...(error === undefined ? [] : [`${error.name}: ${error.message}`]),
    `Folder ${folder}: ${foldersText(folders)}`,
    `Files: ${filesText(files, bytes)}`,
    ...skipped.sort(([, a], [, b]) => b - a).map(([reason, number]) => `  skipped: ${number} ${reason}`),
    ...listedFilesLines(listed, files),
    ...skippedFilesLines(skippedFiles, report.skippedLists, files),
    ...failures.slice(0, MAX_FAILURES).map(({ path, reason }) => `  - ${path}: ${reason}`),
    ...(further > 0 ? [`  ... and ${count(further, "more failure")}: ${failureLists(report, uri)}`] : []),
    ...report.warnings.map((warning) => `Note: ${warning}`),
    ...(advice === undefined ? [] : [`What to do: ${advice}`]),
    `Report: ${uri}`,
  ];
}

function modeText({ mode, fromTimestamp, dryRun }: Report): string {
  const since = mode === "since" && fromTimestamp !== undefined ? ` ${formatTime(new Date(fromTimestamp * 1000))}` : "";
  const words = [
    ...(mode === undefined || mode === "as-scheduled" ? [] : [`mode ${mode}${since}`]),
    ...(dryRun ? ["dry run"] : []),
  ];
  return words.map((word) => `, ${word}`).join("");
}

function foldersText({ listed, failed, missing, truncated, spared }: Report["folders"]): string {
  const others = { failed, missing, truncated, spared };
  return [
    `${count(listed, "folder")} listed`,
    ...Object.entries(others).flatMap(([what, number]) => (number > 0 ? [`${number} ${what}`] : [])),
  ].join(", ");
}

function filesText({ seen, transferred, failed, wouldTransfer, unfinished }: Report["files"], bytes: number): string {
  const copied =
    wouldTransfer === undefined
      ? `${transferred} transferred (${formatBytes(bytes)})`
      : `${wouldTransfer} would be transferred (${formatBytes(bytes)})`;
  return [
    `${seen} seen`,
    copied,
    `${failed} failed`,
    ...(unfinished > 0 ? [`${unfinished} left to the next run`] : []),
  ].join(", ");
}

/** Lists lie beside the report. */
function failureLists({ furtherFailures }: Report, uri: string): string {
  const lists = (furtherFailures?.lists ?? []).map((name) => uri.replace(/[^/]*$/, name));
  return lists.length === 0 ? `--json names those of the report` : lists.join(", ");
}

/** What to do about a run, where there is something. @param errorName under which it failed. @param flags for commands. */
export function whatToDo(report: Report, errorName: string | undefined, flags: AwsOptions): string | undefined {
  if (report.status === "SKIPPED") {
    return `wait for that run to end, then start this one again; ${nextCommand(["stop", report.server, report.sync], flags)} ends that one at once.`;
  }
  return errorName === undefined ? undefined : nextStep(errorName, report);
}
