import { printable } from "../../../contract/printable";
import { styled } from "../../terminal/style";
import { table } from "../../terminal/table";
import { formatDuration } from "../aws/times";
import { formatAmount, formatDollars } from "../cost/dollars";
import { count, formatBytes } from "../figures";
import { listedFilesLines } from "../listed-files";
import { skipWords } from "../skip-words";
import { skippedFilesLines } from "../skipped-files";
import type { Found, Preview, SyncPreview } from "./preview-command";

const MAX_FAILURES = 10;

/** For a terminal. @param all whether the files that would be copied are named, not just the largest. */
export function previewText(preview: Preview, { all = false }: { readonly all?: boolean } = {}): string {
  const { server, syncs, disabled, prices } = preview;
  const lines = [
    ...syncs.flatMap((sync, index) => [...(index === 0 ? [] : [""]), ...syncLines(server, sync, preview, all)]),
    ...disabled.map(({ sync }) => `${server} / ${sync}: disabled; --sync ${sync} looks at it all the same`),
    ...(syncs.some(({ found }) => found !== undefined)
      ? ["", `Dollars are list prices of ${prices.region} on ${prices.date}.`]
      : []),
  ];
  return lines.join("\n");
}

function syncLines(server: string, one: SyncPreview, preview: Preview, all: boolean): string[] {
  const { sync, error, failures, whatToDo, warnings, found } = one;
  return [
    styled("bold", `${server} / ${sync}`),
    ...[
      ...(error === undefined ? [] : [`  ${error.name}: ${error.message}`]),
      ...failures.slice(0, MAX_FAILURES).map(({ path, reason }) => `  - ${path}: ${reason}`),
      ...(whatToDo === undefined ? [] : [`  What to do: ${whatToDo}`]),
    ].map(printable),
    ...(found === undefined ? [] : foundLines(found, preview)),
    ...warnings.map((warning) => printable(`  Note: ${warning}`)),
    ...(found === undefined ? [] : fileLines(found, all).map((line) => `  ${line}`)),
  ];
}

function foundLines(found: Found, { limits }: Preview): string[] {
  const { files, bytes, folders, run, time } = found;
  const { listings, transfers } = run.counts;
  return [
    `  Would copy ${count(files, "file")}, ${formatBytes(bytes)}, for ${formatDollars(run.dollars)}`,
    `  Calls of the connector: ${listings + transfers}, ${count(listings, "listing")} and ${count(transfers, "transfer")} of ten files at most`,
    `  Time: at least ${formatDuration(Math.ceil(time.least))} (${limits.listingsPerSecond} listings a second; ` +
      `${formatBytes(limits.bytesPerSecond)} a second, which all connectors of an account share)`,
    ...(folders.spared > 0
      ? [`  Not listed: ${count(folders.spared, "folder")}, in which no wanted file can lie`]
      : []),
    ...skippedLines(found),
    ...globLines(found),
    ...nothingLines(found),
    ...largestLines(found),
  ];
}

function fileLines({ files, copiedFiles, skipped, skippedFiles, unlistedSkipped }: Found, all: boolean): string[] {
  const counts = { wouldTransfer: files, skipped: Object.fromEntries(skipped.map((one) => [one.reason, one.count])) };
  return [
    ...(all ? listedFilesLines(copiedFiles, { transferred: 0, wouldTransfer: files }) : []),
    ...skippedFilesLines(skippedFiles, { unlisted: unlistedSkipped }, counts),
  ];
}

function skippedLines({ skipped }: Found): string[] {
  const rows = skipped.map(({ reason, count: number, examples }) => [
    formatAmount(number),
    `${reason}\n${skipWords(reason)}`,
    [...examples.map(printable), ...(number > examples.length ? ["..."] : [])].join("\n"),
  ]);
  return skipped.length === 0
    ? ["  Would skip nothing"]
    : [
        "  Would skip:",
        table([{ head: "Files", align: "right" }, { head: "Why" }, { head: "Such as" }], rows, { indent: 4 }),
      ];
}

function globLines({ globs }: Found): string[] {
  const { include, exclude, notIncluded, files, taken } = globs;
  if (include.length + exclude.length === 0) {
    return [];
  }
  return [
    `  Include and Exclude let through ${formatAmount(taken)} of ${count(files, "file")}:`,
    ...include.map(({ glob, takes }) => `    Include ${JSON.stringify(glob)} takes ${formatAmount(takes)}`),
    ...(notIncluded.count > 0
      ? [`    No glob of Include takes ${formatAmount(notIncluded.count)}${suchAs(notIncluded.examples)}`]
      : []),
    ...exclude.map(
      ({ glob, leavesOut, examples }) =>
        `    Exclude ${JSON.stringify(glob)} leaves out ${leavesOut === 0 ? "none" : formatAmount(leavesOut)}${suchAs(examples)}`,
    ),
  ].map(printable);
}

function nothingLines({ listedForNothing }: Found): string[] {
  const { count: number, examples } = listedForNothing;
  return number === 0
    ? []
    : [
        `  Listed for nothing: ${count(number, "folder")} with files of which none is taken${suchAs(examples)}. Each is a call in every ` +
          'run: an Exclude of "FOLDER/**", or an Include whose first levels name the folders, spares them',
      ].map(printable);
}

function largestLines({ largest }: Found): string[] {
  return largest.length === 0
    ? []
    : [
        `  The largest${largest.length === 1 ? "" : ` ${largest.length}`}:`,
        table(
          [{ head: "Size", align: "right" }, { head: "File" }],
          largest.map(({ path, bytes }) => [formatBytes(bytes), printable(path)]),
          { indent: 4 },
        ),
      ];
}

const suchAs = (examples: readonly string[]): string =>
  examples.length === 0 ? "" : `, such as ${examples.join(", ")}`;
