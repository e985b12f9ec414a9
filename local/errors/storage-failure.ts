import { sep } from "node:path";
import { errorCode } from "../../config/error-code";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a file is in the way",
  EISDIR: "a folder is in the way",
  EEXIST: "a file is in the way, or a link that leads nowhere",
  ENOENT: "it is gone, or part of it",
  EIO: "the device fails",
  ESTALE: "its network file system has lost it",
};

/** What is used up where nothing more can be opened, whichever file it is. */
const NONE_LEFT: Readonly<Record<string, string>> = {
  EMFILE: "this process has as many files and connections open as it may",
  ENFILE: "this machine has as many files open as it can",
};

/** A code that says this of anything says it of the data directory only where the error names a path in it. */
const ONLY_WITH_PATH: readonly string[] = ["ENOENT"];

/** What somebody has to mend, and how. */
interface Place {
  readonly name: string;
  readonly next: string;
}

const DATA: Place = {
  name: "data directory",
  next: "mend that, or use another directory with --data DIR; then run the same command again, which goes on",
};

/** Where the system keeps temporary files. */
export const TEMPORARY_FILES: Place = {
  name: "folder for temporary files",
  next: "mend that, or set TMPDIR to another folder; then run the same command again, which goes on",
};

export interface StorageFailureOptions extends ErrorOptions {
  readonly folder: string;
  /** The system's code, such as `ENOSPC`, where there is one. */
  readonly code?: string;
  /** What to do, as a sentence. */
  readonly next?: string;
}

/** The place where buckets and state lie cannot be used: nothing that the definition says, and no mistake in this program. */
export class StorageFailure extends Error {
  override readonly name = "StorageFailure";
  readonly folder: string;
  readonly code: string | undefined;
  readonly next: string;

  constructor(message: string, { folder, code, next = DATA.next, ...options }: StorageFailureOptions) {
    super(message, options);
    this.folder = folder;
    this.code = code;
    this.next = next;
  }
}

/** @param code the system's. */
export function cannotWrite(code: string, folder: string, options: ErrorOptions = {}, place = DATA): StorageFailure {
  const nothingLeft = NONE_LEFT[code];
  if (nothingLeft !== undefined) {
    const next =
      "raise that limit, as ulimit -n does, or end what uses it up; then run the same command again, which goes on";
    return new StorageFailure(`No file can be opened: ${nothingLeft} (${code})`, { ...options, folder, code, next });
  }
  const reason = REASONS[code] ?? "the system refuses it";
  const message = `Cannot write to the ${place.name} ${folder}: ${reason} (${code})`;
  return new StorageFailure(message, { ...options, folder, code, next: place.next });
}

/**
 * Turns what the system says against a folder, such as a full disk, into a {@link StorageFailure}; gives back any other error as it
 * is.
 */
export function storageFailure(error: unknown, folder: string, place = DATA): unknown {
  if (error instanceof StorageFailure) {
    return error;
  }
  const code = errorCode(error) ?? "";
  const isKnown = code in NONE_LEFT || (code in REASONS && (!ONLY_WITH_PATH.includes(code) || isWithin(error, folder)));
  return isKnown ? cannotWrite(code, folder, { cause: error }, place) : error;
}

function isWithin(error: unknown, folder: string): boolean {
  const path = error instanceof Error && "path" in error ? String(error.path) : "";
  return path === folder || path.startsWith(folder + sep);
}
