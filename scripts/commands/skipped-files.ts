import { printable } from "../../contract/printable";
import type { Report, SkippedFile } from "../../engine/report";
import { count, formatBytes } from "./figures";
import { groupedBy } from "./grouped-by";
import { skipWords } from "./skip-words";

/**
 * What a person reads of files that were skipped: their names under the reasons.
 * @param skipped absent where nothing names them.
 * @param lists of the report.
 * @param counts of the report.
 */
export function skippedFilesLines(
  skipped: readonly SkippedFile[] | undefined,
  lists: Pick<NonNullable<Report["skippedLists"]>, "unlisted"> | undefined,
  counts: Pick<Report["files"], "wouldTransfer" | "skipped">,
): string[] {
  if (skipped === undefined || lists === undefined) {
    return [];
  }
  const isDry = counts.wouldTransfer !== undefined;
  const heading = isDry ? "Would be skipped" : "Skipped";
  const { unlisted = 0 } = lists;
  const more = Object.values(counts.skipped).reduce((sum, one) => sum + one, 0) - unlisted - skipped.length;
  const unnamed = isDry ? unlisted : unlisted - (counts.skipped.unchanged ?? 0);
  if (skipped.length === 0) {
    return more > 0 ? [`${heading}: ${count(more, "file")}, which --all shows`] : [];
  }
  return [
    `${heading}:`,
    ...[...groupedBy(skipped, ({ reason }) => reason)].flatMap(([reason, files]) => [
      `  ${reason}${skipWords(reason) === "" ? "" : `, ${skipWords(reason)}`}:`,
      ...files.map(
        ({ path, size }) => `    - ${printable(path)}${size === undefined ? "" : ` (${formatBytes(size)})`}`,
      ),
    ]),
    ...(more > 0 ? [`  ... and ${more} more: --all shows them`] : []),
    ...(more === 0 && unnamed > 0
      ? [`  ... and ${unnamed} more that the run only counted${isDry ? "" : ": a dry run names them all"}`]
      : []),
  ];
}
