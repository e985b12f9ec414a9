import { errorCode } from "../../config/error-code";
import { UserError } from "./user-error";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a file is in the way",
  EISDIR: "a folder is in the way",
  EEXIST: "a file is in the way, or a link that leads nowhere",
};

/** Turns what only the user can mend, such as a full disk, into a {@link UserError}; gives back any other error as it is. */
export function storageFailure(error: unknown, directory: string): unknown {
  const code = errorCode(error) ?? "";
  const reason = REASONS[code];
  return reason === undefined
    ? error
    : new UserError(`Cannot write to the data directory ${directory}: ${reason} (${code})`, { cause: error });
}
