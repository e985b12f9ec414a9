import type { RunErrorName } from "../../config/run-errors";
import type { SkipReason } from "./decide";
import type { Counters } from "./work/root";
import type { Work } from "./work/work";

/** Counts entries that are not transferred. */
export function skipEntry({ root: { counters } }: Work, reason: SkipReason, count = 1): void {
  counters.seen += count;
  countSkipped(counters, reason, count);
}

/** Counts the reason of an entry that was seen before: it was to be transferred, and then was not there as listed. */
export function countSkipped(counters: Counters, reason: SkipReason, count = 1): void {
  if (count > 0) {
    counters.skipped[reason] = (counters.skipped[reason] ?? 0) + count;
  }
}

export function recordFolderFailure(work: Work, folder: string, reason: RunErrorName, detail: string): void {
  work.root.counters.foldersFailed += 1;
  work.failures.append([{ path: folder, reason, detail }]);
}

export function recordFileFailure(work: Work, path: string, detail: string): void {
  work.root.counters.failed += 1;
  work.failures.append([{ path, reason: "TransferFailed", detail }]);
}
