import type { RunErrorName } from "../../config/run-errors";
import type { SkipReason } from "./decide";
import type { Work } from "./work/work";

/** Counts an entry that is not transferred. */
export function skipEntry({ root: { counters } }: Work, reason: SkipReason): void {
  counters.seen += 1;
  countSkipped(counters, reason);
}

/** Counts the reason of an entry that was seen before: it was to be transferred, and then was not there as listed. */
export function countSkipped(counters: Work["root"]["counters"], reason: SkipReason): void {
  counters.skipped[reason] = (counters.skipped[reason] ?? 0) + 1;
}

export function recordFolderFailure(work: Work, folder: string, reason: RunErrorName, detail: string): void {
  work.root.counters.foldersFailed += 1;
  work.failures.append([{ path: folder, reason, detail }]);
}

export function recordFileFailure(work: Work, path: string, detail: string): void {
  work.root.counters.failed += 1;
  work.failures.append([{ path, reason: "TransferFailed", detail }]);
}
