import type { ReportedFile } from "../report";
import type { SkipReason } from "../skip-reasons";
import { MOST_FILES, type Work } from "./work";

/**
 * Files of each reason that a run which copies names. What it skips it skips again every time, and nobody may ever ask: the
 * names cost one small object a run, however large the tree.
 */
const MOST_OF_A_REASON = 100;

/**
 * Notes files that are skipped: in a dry run all, as far as lists go, else the first of each reason but `unchanged`.
 * @param known so many were skipped for this reason before.
 */
export function noteSkipped(
  { context, skipped, unchanged }: Work,
  reason: SkipReason,
  files: readonly ReportedFile[],
  known: number,
): void {
  const { DryRun } = context.event;
  const isUnchanged = reason === "unchanged";
  const most = DryRun ? MOST_FILES : isUnchanged ? 0 : MOST_OF_A_REASON;
  if (known < most) {
    const queue = isUnchanged ? unchanged : skipped;
    queue.append(files.slice(0, most - known).map((file) => ({ ...file, reason })));
  }
}
