import { errorCode } from "./error-code";
import { FileTooLarge, NotAFile } from "./file-text";
import { error, type Problem } from "./problems/problem";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "it is not a folder",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8 text",
};

/**
 * The problem of a file, or a folder, that `readText`, `readFileText` or Node.js could not read.
 * @param what the file should be, with its article.
 * @throws the cause, where it is none of these.
 */
export function unreadable(file: string, what: string, cause: unknown): Problem {
  const place = { file, line: 0, column: 0, path: "" };
  if (cause instanceof FileTooLarge) {
    const { bytes, limit } = cause;
    const received = bytes === undefined ? `more than ${limit} bytes` : `${bytes} bytes`;
    const allowed = `at most ${limit} bytes (${limit / 1024} KiB)`;
    return { ...error(`is too large for ${what}`, { received, allowed }), ...place };
  }
  if (cause instanceof NotAFile) {
    return { ...error("is no file, but a pipe, a device or the like"), ...place };
  }
  const code = errorCode(cause);
  if (code === undefined) {
    throw cause;
  }
  return { ...error(`cannot be read: ${REASONS[code] ?? code}`), ...place };
}
