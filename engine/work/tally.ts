import { oneLine, printable, shortened } from "../../contract/printable";
import type { Failure, FailureCause } from "../failures/failure";
import { logger } from "../logger";
import { newPlan, noteExamples, noteFile } from "../plan";
import type { ReportedFile } from "../report";
import type { SkipReason } from "../skip-reasons";
import { type FileItem, reportedFile } from "./items";
import { noteSkipped } from "./skipped-files";
import type { Work } from "./work";

/** Counts entries that are not transferred; a dry run gives examples of them. */
export function skipEntries(work: Work, reason: SkipReason, entries: readonly ReportedFile[]): void {
  const { root, context } = work;
  root.counters.seen += entries.length;
  skipSeen(work, reason, entries);
  if (context.event.DryRun) {
    root.plan ??= newPlan();
    noteExamples(
      root.plan,
      reason,
      entries.map(({ path }) => path),
    );
  }
}

/** The same of one file. Only a dry run names what is unchanged: otherwise its path need not be put together. */
export function skipFile(work: Work, reason: SkipReason, folder: string, file: FileItem): void {
  const { root, context } = work;
  if (reason !== "unchanged" || context.event.DryRun) {
    skipEntries(work, reason, [reportedFile(folder, file)]);
    return;
  }
  root.counters.seen += 1;
  root.counters.skipped.unchanged = (root.counters.skipped.unchanged ?? 0) + 1;
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
  skipEntries(work, "unsupported-name", named(paths));
  tellOfUncopyable(work, paths);
}

/** Entries of which nothing but their paths is known. */
export const named = (paths: readonly string[]): ReportedFile[] => paths.map((path) => ({ path }));

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

/** Counts the reason of entries that were seen before: they were to be transferred, and then were not there as listed. */
export function skipSeen(work: Work, reason: SkipReason, entries: readonly ReportedFile[]): void {
  if (entries.length > 0) {
    const { skipped } = work.root.counters;
    const known = skipped[reason] ?? 0;
    noteSkipped(work, reason, entries, known);
    skipped[reason] = known + entries.length;
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
