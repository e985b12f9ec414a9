import { printable } from "../../contract/printable";
import type { Report, ReportedFile } from "../../engine/report";
import { formatBytes } from "./figures";

/** Files that are shown unless all are wanted: a dry run is made to see them. */
const SHOWN = { dryRun: 100, otherwise: 20 };

/** How many files of a run are shown. @param all whether every one is wanted. */
export function mostShown({ dryRun }: { readonly dryRun: boolean }, all = false): number {
  return all ? Number.POSITIVE_INFINITY : dryRun ? SHOWN.dryRun : SHOWN.otherwise;
}

/** What a person reads of them; nothing where there are none. @param counts of the report. */
export function listedFilesLines(
  files: readonly ReportedFile[],
  { transferred, wouldTransfer }: Pick<Report["files"], "transferred" | "wouldTransfer">,
): string[] {
  if (files.length === 0) {
    return [];
  }
  const more = (wouldTransfer ?? transferred) - files.length;
  return [
    wouldTransfer === undefined ? "Transferred:" : "Would be transferred:",
    ...files.map(({ path, size }) => `  + ${printable(path)}${size === undefined ? "" : ` (${formatBytes(size)})`}`),
    ...(more > 0 ? [`  ... and ${more} more: --all shows them`] : []),
  ];
}
