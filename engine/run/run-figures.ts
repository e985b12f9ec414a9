import type { RunMetricName } from "../../contract/run-metrics";
import type { Report } from "../report";

export interface RunFigure {
  readonly name: RunMetricName;
  readonly value: number;
}

/** Where a run's figures go. */
export interface RunMetrics {
  record(report: Report): void;
}

/**
 * A run's figures; both outcomes are told, so that a failed run is a zero among the successes and not a gap.
 * @returns nothing for a dry run, which must not pass for the success that was due, and for a skipped run: the run at
 *   work speaks for the sync.
 */
export function runFigures({ status, dryRun, files, bytes }: Report): RunFigure[] {
  if (dryRun || status === "SKIPPED") {
    return [];
  }
  return [
    { name: "RunsSucceeded", value: status === "SUCCEEDED" ? 1 : 0 },
    { name: "RunsFailed", value: status === "FAILED" ? 1 : 0 },
    { name: "FilesTransferred", value: files.transferred },
    { name: "FilesFailed", value: files.failed },
    { name: "BytesTransferred", value: bytes },
  ];
}
