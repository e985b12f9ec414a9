import { printable } from "../../contract/printable";
import type { Report, SkippedFile } from "../../engine/report";
import { count, formatBytes } from "./figures";
import { groupedBy } from "./grouped-by";
import { skipWords } from "./skip-words";

/** Files that a run skipped, by name. */
export interface NamedSkips {
  /** `Skipped`, or what a dry run has in its place. */
  readonly heading: string;
  /** By reason; none where only all would be named. */
  readonly groups: readonly {
    readonly reason: string;
    readonly words: string;
    readonly files: readonly SkippedFile[];
  }[];
  /** How many are not named here that `--all` names. */
  readonly more: number;
  /** Those that are not named, and what names them, as the end of a list; absent where all are named. */
  readonly rest?: string;
}

/**
 * Names the files that were skipped, under their reasons.
 * @param skipped absent where nothing names them.
 * @param lists of the report.
 * @param counts of the report.
 * @returns nothing where there is nothing to tell.
 */
export function namedSkips(
  skipped: readonly SkippedFile[] | undefined,
  lists: Pick<NonNullable<Report["skippedLists"]>, "unlisted"> | undefined,
  counts: Pick<Report["files"], "wouldTransfer" | "skipped">,
): NamedSkips | undefined {
  if (skipped === undefined || lists === undefined) {
    return undefined;
  }
  const isDry = counts.wouldTransfer !== undefined;
  const { unlisted = 0 } = lists;
  const more = Object.values(counts.skipped).reduce((sum, one) => sum + one, 0) - unlisted - skipped.length;
  const unnamed = skipped.length === 0 ? 0 : isDry ? unlisted : unlisted - (counts.skipped.unchanged ?? 0);
  if (skipped.length === 0 && more <= 0) {
    return undefined;
  }
  return {
    heading: isDry ? "Would be skipped" : "Skipped",
    groups: [...groupedBy(skipped, ({ reason }) => reason)].map(([reason, files]) => ({
      reason,
      words: skipWords(reason),
      files,
    })),
    more,
    ...(more > 0 ? { rest: `and ${more} more: --all shows them` } : {}),
    ...(more === 0 && unnamed > 0
      ? { rest: `and ${unnamed} more that the run only counted${isDry ? "" : ": a dry run names them all"}` }
      : {}),
  };
}

/** What a person reads of files that were skipped. Parameters as those of {@link namedSkips}. */
export function skippedFilesLines(...named: Parameters<typeof namedSkips>): string[] {
  const skips = namedSkips(...named);
  if (skips === undefined) {
    return [];
  }
  const { heading, groups, more, rest } = skips;
  if (groups.length === 0) {
    return [`${heading}: ${count(more, "file")}, which --all shows`];
  }
  return [
    `${heading}:`,
    ...groups.flatMap(({ reason, words, files }) => [
      `  ${reason}${words === "" ? "" : `, ${words}`}:`,
      ...files.map(
        ({ path, size }) => `    - ${printable(path)}${size === undefined ? "" : ` (${formatBytes(size)})`}`,
      ),
    ]),
    ...(rest === undefined ? [] : [`  ... ${rest}`]),
  ];
}
