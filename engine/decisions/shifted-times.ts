import type { FolderLedger, VerifiedFile } from "../ledger/ledger";
import type { FileItem } from "../work/items";

/** Time zones, and daylight saving time, differ by multiples of it. */
const STEP_MILLISECONDS = 30 * 60 * 1000;

/** The most that a server's clock can move when it changes its time zone. */
const MAX_SHIFT_MILLISECONDS = 26 * 60 * 60 * 1000;

/** Fewer files are no whole folder: a single one has changed. */
const MIN_FILES = 2;

/**
 * A server that lists local times moves all of them at once when its clocks change, and no file has changed. That is what
 * it looks like: every file of the folder that the ledger knows has its old size, and all times moved by the same multiple of
 * 30 minutes. Files that are written regularly, each in its old size, look alike; so at least one new time has to be one at
 * which the file cannot have been written: before the ledger last learnt its old time, or after the listing.
 * @returns the files, as the ledger should know them from now on; none where times are what they seem.
 */
export function shiftedTimes(
  files: readonly FileItem[],
  ledger: FolderLedger,
  listedAt: Date,
): ReadonlyMap<string, VerifiedFile> {
  const known: { readonly file: FileItem; readonly before: VerifiedFile }[] = [];
  let shift: number | undefined;
  for (const file of files) {
    const before = ledger.files.get(file.name);
    if (before === undefined || ledger.marks.has(file.name)) {
      continue;
    }
    const own = shiftOf(file, before);
    // In nearly every folder, that is the first file.
    if (own === undefined || own !== (shift ?? own)) {
      return new Map();
    }
    shift = own;
    known.push({ file, before });
  }
  if (known.length < MIN_FILES) {
    return new Map();
  }
  const learnt = ledger.listedAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(ledger.listedAt);
  const isImpossible = known.some(({ file }) => {
    const modified = Date.parse(file.modified ?? "");
    return modified <= learnt || modified > listedAt.getTime();
  });
  return isImpossible
    ? new Map(known.map(({ file, before }) => [file.name, { ...before, modified: file.modified }]))
    : new Map();
}

/** Milliseconds; `undefined` where the time stands still, or moved otherwise. */
function shiftOf(file: FileItem, before: VerifiedFile): number | undefined {
  if (file.modified === before.modified) {
    return undefined;
  }
  const milliseconds = Date.parse(file.modified ?? "") - Date.parse(before.modified ?? "");
  const isShift =
    file.size !== undefined &&
    file.size === before.size &&
    milliseconds !== 0 &&
    milliseconds % STEP_MILLISECONDS === 0 &&
    Math.abs(milliseconds) <= MAX_SHIFT_MILLISECONDS;
  return isShift ? milliseconds : undefined;
}
