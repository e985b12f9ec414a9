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

/** A code that says this of anything says it of the data directory only where the error names a path in it. */
const ONLY_WITH_PATH: readonly string[] = ["ENOENT"];

const NEXT = "mend that, or use another directory with --data DIR; then run the same command again, which goes on";

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

  constructor(message: string, { folder, code, next = NEXT, ...options }: StorageFailureOptions) {
    super(message, options);
    this.folder = folder;
    this.code = code;
    this.next = next;
  }
}

/** @param code the system's. */
export function cannotWrite(code: string, folder: string, options: ErrorOptions = {}): StorageFailure {
  const reason = REASONS[code] ?? "the system refuses it";
  return new StorageFailure(`Cannot write to the data directory ${folder}: ${reason} (${code})`, {
    ...options,
    folder,
    code,
  });
}

/** Turns what the system says against a folder, such as a full disk, into a {@link StorageFailure}; gives back any other error as it is. */
export function storageFailure(error: unknown, folder: string): unknown {
  const code = errorCode(error) ?? "";
  const isKnown = code in REASONS && (!ONLY_WITH_PATH.includes(code) || isWithin(error, folder));
  return isKnown ? cannotWrite(code, folder, { cause: error }) : error;
}

function isWithin(error: unknown, folder: string): boolean {
  const path = error instanceof Error && "path" in error ? String(error.path) : "";
  return path === folder || path.startsWith(folder + sep);
}
