import { table } from "../../../terminal/table";
import { formatBytes } from "../../figures";
import { formatDuration, formatTime } from "../times";
import type { ListedRuns } from "./list-runs";
import type { Run } from "./run";

/** What a person reads of runs: a line for each. */
export function runsText(
  { runs, lookedAt, isCut }: ListedRuns,
  { limit, sync }: { limit: number; sync?: string | undefined },
): string {
  if (runs.length === 0) {
    return isCut ? `None of the latest ${lookedAt} executions is a run of ${sync}.` : "There are no runs yet.";
  }
  const hasErrors = runs.some((run) => errorText(run) !== "");
  const lines = table(
    [
      { head: "Started" },
      { head: "Sync" },
      { head: "By" },
      { head: "Status" },
      { head: "Took", align: "right" },
      { head: "Files", align: "right" },
      { head: "Size", align: "right" },
      ...(hasErrors ? [{ head: "Error" }] : []),
      { head: "Run", isWhole: true },
    ],
    runs.map((run) => [
      formatTime(run.startedAt),
      run.sync ?? "unknown",
      run.startedBy,
      statusText(run),
      run.seconds === undefined ? "" : formatDuration(run.seconds),
      run.figures === undefined ? "" : String(run.figures.files),
      run.figures === undefined ? "" : formatBytes(run.figures.bytes),
      ...(hasErrors ? [errorText(run)] : []),
      run.run,
    ]),
  );
  const isShort = isCut && runs.length < limit;
  return isShort ? `${lines}\nOnly the latest ${lookedAt} executions were looked at.` : lines;
}

function errorText({ error, unknown }: Run): string {
  return error?.name ?? (unknown === undefined ? "" : `unknown: ${unknown}`);
}

function statusText({ status, dryRun }: Run): string {
  return dryRun ? `${status}, dry` : status;
}
