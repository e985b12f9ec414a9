import { printable } from "../../../../contract/printable";
import { table } from "../../../terminal/table";
import { WHY } from "../../against-text";
import { count, formatBytes } from "../../figures";
import { formatTime } from "../times";
import type { ExplainedFile, ExplainedFolder, FolderExplanation } from "./explain-folder";
import type { FileState } from "./verdict";

/** Files and folders that are shown unless all are wanted. */
const SHOWN = 100;

const WORDS: Readonly<Record<FileState, string>> = {
  "in-s3": "in S3",
  failed: "failed",
  "next-run": "for the next run",
  removed: "removed from S3 since",
  skipped: "skipped",
  "left-out": "left out",
  "not-listed": "not on the server",
  running: "being copied",
  "no-run": "no run yet",
  unknown: "unknown",
};

/** What a person reads of a folder: how many files are how, then the files. @param all whether each is to be named. */
export function folderText({ server, path, syncs }: FolderExplanation, all = false): string {
  return [printable(path), ...syncs.map((sync) => syncText(server, sync, all ? Number.POSITIVE_INFINITY : SHOWN))].join(
    "\n",
  );
}

function syncText(server: string, sync: ExplainedFolder, most: number): string {
  const head = `${server} / ${sync.sync}`;
  const { leftOut, place, files = [], folders = [], listing } = sync;
  if (place === undefined) {
    const why =
      leftOut === undefined
        ? "its SSM parameter holds no event, so nothing is known"
        : `no run copies what lies in it: ${WHY[leftOut.reason]}`;
    return printable(`${head}: ${why}.`);
  }
  const listed =
    listing === undefined || "unknown" in listing
      ? `unknown: ${listing?.unknown ?? "not asked"}`
      : listing.value === null
        ? "none of the latest runs has one"
        : `of ${formatTime(listing.value.at)} (run ${listing.value.run})${listing.value.isTruncated ? ", which ends before the folder does" : ""}`;
  const more = files.length - most;
  return [
    printable(`${head}: ${count(files.length, "file")}${counts(files)}`),
    printable(`  S3: ${place}`),
    printable(`  Listing: ${listed}`),
    ...(files.length === 0 ? [] : [fileTable(files.slice(0, most))]),
    ...(more > 0 ? [`  ... and ${more} more: --all shows them`] : []),
    ...(folders.length === 0 ? [] : [printable(`  Folders in it: ${folderNames(folders, most)}`)]),
  ].join("\n");
}

function counts(files: readonly ExplainedFile[]): string {
  const byState = new Map<FileState, number>();
  for (const { state } of files) {
    byState.set(state, (byState.get(state) ?? 0) + 1);
  }
  return byState.size === 0 ? "" : `: ${[...byState].map(([state, files]) => `${files} ${WORDS[state]}`).join(", ")}`;
}

function fileTable(files: readonly ExplainedFile[]): string {
  const columns = [
    { head: "File" },
    { head: "Size", align: "right" as const },
    { head: "Modified" },
    { head: "State" },
  ];
  const rows = files.map(({ name, size, modified, state, answer }) => [
    printable(name),
    size === undefined ? "" : formatBytes(size),
    modified === undefined ? "" : formatTime(modified),
    printable(EXPLAINED.has(state) ? answer.replace(/\.$/, "") : WORDS[state]),
  ]);
  return table(columns, rows, { indent: 2 });
}

/** Of these the word alone says too little. */
const EXPLAINED: ReadonlySet<FileState> = new Set(["failed", "skipped", "left-out", "unknown"]);

function folderNames(names: readonly string[], most: number): string {
  const more = names.length - most;
  return [...names.slice(0, most).map((name) => `${name}/`), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
