import type { Report } from "../../../engine/report";
import { parentOf, type Snapshot } from "../../../simulation/remote-tree";
import { accountedFor } from "../../engine/support/simulation";
import { isFollowed, looksForFolders, passesFilter, type Sync } from "../world/syncs";
import { isListable, isSupported } from "./wanted";

type Used = ReadonlyMap<string, Snapshot>;

/**
 * What a report counts is what the run has read.
 * @param used the listings that the run has read, by folder.
 * @param isCut whether the run had to end before its work: only then is something left.
 */
export function miscounted(run: string, report: Report, sync: Sync, used: Used, isCut: boolean): string[] {
  const { files } = report;
  const accounted = accountedFor(report);
  const entries = entriesOf(sync, used) + absentFailures(report, used);
  const isWrong = isCut ? files.seen > entries : files.seen !== entries;
  return [
    ...(accounted === files.seen ? [] : [`${run} saw ${files.seen} and accounts for ${accounted}`]),
    ...(isWrong ? [`${run} saw ${files.seen} entries of ${entries} that were listed`] : []),
    ...(isCut
      ? []
      : [...unfinished(run, report), ...miscountedFolders(run, report, sync, used), ...left(run, report, sync, used)]),
  ];
}

/** Files that no listing names any more, and that the run tells of all the same. */
function absentFailures({ failures }: Report, used: Used): number {
  return failures.filter(
    ({ path, reason }) => reason.includes("gone from the server") && !used.get(parentOf(path))?.files.has(path),
  ).length;
}

function unfinished(run: string, { files }: Report): string[] {
  return files.unfinished === 0 ? [] : [`${run} ends in order and leaves ${files.unfinished} files unfinished`];
}

/** Every folder that was named is listed, or the report says why not. */
function miscountedFolders(run: string, { folders }: Report, sync: Sync, used: Used): string[] {
  const truncated = [...used.values()].filter((snapshot) => snapshot.truncated).length;
  const named = 1 + followed(sync, used).filter(isListable).length;
  const answered = folders.listed + folders.failed + folders.missing;
  return [
    ...(folders.listed === used.size ? [] : [`${run} calls ${folders.listed} folders listed, not ${used.size}`]),
    ...(folders.truncated === truncated
      ? []
      : [`${run} calls ${folders.truncated} listings cut off, not ${truncated}`]),
    ...(folders.spared === spared(sync, used) ? [] : [`${run} calls ${folders.spared} folders spared, wrongly`]),
    ...(answered === named ? [] : [`${run} accounts for ${answered} folders of ${named}`]),
  ];
}

/** What the globs leave out is counted as that, and nothing else is. */
function left(run: string, { files }: Report, sync: Sync, used: Used): string[] {
  const listed = [...used.values()].flatMap((snapshot) => [...snapshot.files.keys()]);
  const expected = listed.filter((path) => isSupported(path) && !passesFilter(sync, path)).length;
  const excluded = files.skipped.excluded ?? 0;
  return excluded === expected ? [] : [`${run} leaves ${excluded} files out, not ${expected}`];
}

/** Files, what has no business in a listing, and folders that cannot be asked for. */
function entriesOf(sync: Sync, used: Used): number {
  const unsupported = followed(sync, used).filter((folder) => !isListable(folder)).length;
  return [...used.values()].reduce((sum, snapshot) => sum + entriesIn(sync, snapshot), unsupported);
}

/** Whoever does not look for folders does not see strangers among them. */
function entriesIn(sync: Sync, { folder, files, strangers }: Snapshot): number {
  return files.size + strangers.length * (looksForFolders(sync, folder) ? 2 : 1);
}

/** Folders on a level that is listed, in which the globs want nothing. */
function spared(sync: Sync, used: Used): number {
  return [...used.values()].flatMap(({ folder, folders }) =>
    looksForFolders(sync, folder) ? folders.filter((child) => !isFollowed(sync, child)) : [],
  ).length;
}

function followed(sync: Sync, used: Used): string[] {
  return [...used.values()].flatMap(({ folders }) => folders.filter((folder) => isFollowed(sync, folder)));
}
