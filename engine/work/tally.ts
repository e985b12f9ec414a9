import { joinPath } from "../../contract/file-place";
import { oneLine, printable, shortened } from "../../contract/printable";
import type { Failure, FailureCause } from "../failures/failure";
import { logger } from "../logger";
import { newPlan, noteFile, noteSkipped } from "../plan";
import type { SkipReason } from "../skip-reasons";
import type { Counters } from "./root";
import type { Work } from "./work";

/** Counts entries that are not transferred; a dry run names the first of them. */
export function skipEntries({ root, context }: Work, reason: SkipReason, paths: readonly string[]): void {
  root.counters.seen += paths.length;
  countSkipped(root.counters, reason, paths.length);
  if (context.event.DryRun) {
    root.plan ??= newPlan();
    noteSkipped(root.plan, reason, paths);
  }
}

/** The same of one file: its path is only put together where somebody reads it. */
export function skipFile(work: Work, reason: SkipReason, folder: string, name: string): void {
  if (work.context.event.DryRun) {
    skipEntries(work, reason, [joinPath(folder, name)]);
  } else {
    work.root.counters.seen += 1;
    countSkipped(work.root.counters, reason);
  }
}

/** Counts a file that a dry run would transfer. */
export function planFile({ root }: Work, path: string, bytes: number | undefined): void {
  root.counters.wouldTransfer += 1;
  root.counters.bytes += bytes ?? 0;
  root.plan ??= newPlan();
  noteFile(root.plan, path, bytes);
}

/** Counts calls that a dry run would make for its files. */
export function planCalls({ root }: Work, calls: number): void {
  root.plan ??= newPlan();
  root.plan.calls += calls;
}

/** Counts entries that cannot be asked for, a folder with all that is in it among them, and tells which they are. */
export function skipUnsupported(work: Work, paths: readonly string[]): void {
  skipEntries(work, "unsupported-name", paths);
  tellOfUncopyable(work, paths);
}

/** Characters of an example: nobody says how long a name in a listing can be. */
const MAX_EXAMPLE = 300;

const MAX_PATHS_IN_LOG = 20;
/** The root is to stay small. */
const MAX_PATHS_IN_ROOT = 3;

/** The report counts what cannot be copied, and names the first paths; more of them stand in the log. */
export function tellOfUncopyable({ root: { uncopyable } }: Work, paths: readonly string[]): void {
  if (paths.length > 0) {
    const examples = paths.slice(0, MAX_PATHS_IN_LOG).map((path) => shortened(path, MAX_EXAMPLE));
    uncopyable.push(...examples.slice(0, MAX_PATHS_IN_ROOT - uncopyable.length));
    logger.warn("cannot be copied", { count: paths.length, paths: examples });
  }
}

/** Counts the reason of an entry that was seen before: it was to be transferred, and then was not there as listed. */
export function countSkipped(counters: Counters, reason: SkipReason, count = 1): void {
  if (count > 0) {
    counters.skipped[reason] = (counters.skipped[reason] ?? 0) + count;
  }
}

/** The listing of a folder failed or never came. */
export function recordFolderFailure(
  work: Work,
  folder: string,
  error: "RemoteFolderMissing" | "ListingFailed" | "ListingTimedOut",
  { kind, detail }: FailureCause,
): void {
  work.root.counters.foldersFailed += 1;
  recordFailure(work, { path: folder, error, kind, detail });
}

/** The listing of a folder ends before the folder does. */
export function recordTruncatedFolder(work: Work, folder: string, detail: string): void {
  work.root.counters.foldersTruncated += 1;
  recordFailure(work, { path: folder, error: "ListingTruncated", kind: "truncated-listing", detail });
}

export function recordFileFailure(work: Work, path: string, { kind, detail }: FailureCause): void {
  work.root.counters.failed += 1;
  recordFailure(work, { path, error: "TransferFailed", kind, detail });
}

/** A file that no listing names any more, and that did not arrive: it counts as an entry of its own. */
export function recordAbsentFile(work: Work, path: string, cause: FailureCause): void {
  work.root.counters.seen += 1;
  recordFileFailure(work, path, cause);
}

/** Warns in the report and in the log, once in a run for what is of one kind. */
export function warnOnce({ root: { warnings } }: Work, kind: string, example: string): void {
  if (!warnings.some((warning) => warning.startsWith(kind))) {
    const warning = `${kind}, such as ${printable(shortened(example, MAX_EXAMPLE))}`;
    warnings.push(warning);
    logger.warn(warning);
  }
}

/** Characters of a detail in the root, which is to stay small; no service says how long its messages can be. */
const MAX_DETAIL_IN_ROOT = 500;

/** Characters of a detail: a server can write as much as it likes, for each of its files. */
const MAX_DETAIL = 1000;

/** The detail may be the server's own words: in whatever it is shown, it is to be one line of limited length. */
function recordFailure({ root, failures }: Work, told: Failure): void {
  const failure = { ...told, detail: oneLine(told.detail, MAX_DETAIL) };
  failures.append([failure]);
  if (!root.firstFailures.some(({ error }) => error === failure.error)) {
    root.firstFailures.push({ ...failure, detail: shortened(failure.detail, MAX_DETAIL_IN_ROOT) });
  }
}
