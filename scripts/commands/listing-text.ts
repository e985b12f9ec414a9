import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { errorCode } from "../../config/error-code";
import { UserError } from "../../local/errors/user-error";
import { userFile } from "./paths";

const STANDARD_INPUT = "-";

const ALLOWED = "a file with one path a line, as find . -type f prints them, or - for the standard input";

/** Lines of other programs' listings, which hold more than a path. */
const OTHER_FORMATS: readonly { readonly sign: RegExp; readonly program: string }[] = [
  { sign: /^[-bcdlps][-rwxsStT]{9}[.+@]?\s+\d+\s/, program: "ls -l" },
  { sign: /^\s*\d+\s+\d+\s+[-bcdlps][-rwxsStT]{9}\s/, program: "find -ls" },
  { sign: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s+\d+\s/, program: "aws s3 ls" },
  { sign: /^\s+PRE \S/, program: "aws s3 ls" },
  { sign: /^\s*\d+ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ /, program: "rclone lsl" },
  { sign: /^\.\/?.*:$/, program: "ls -R" },
  { sign: /^\s*(\[\s*$|\[?\{"Path")/, program: "a program that prints JSON" },
];

/** Of so many lines at the beginning, one that is of another format is enough: paths look like none of them. */
const LINES = 20;

/**
 * Reads the list of paths that a definition is held against.
 * @param file `-`: the standard input.
 * @throws UserError where it cannot be read, or is no list of paths
 */
export async function listingText(file: string): Promise<string> {
  const bytes = file === STANDARD_INPUT ? await buffer(process.stdin) : await read(file);
  const text = decode(file, bytes);
  const lines = text.split("\n").slice(0, LINES);
  for (const [index, line] of lines.entries()) {
    const other = OTHER_FORMATS.find(({ sign }) => sign.test(line));
    if (other !== undefined) {
      throw wrong(file, `line ${index + 1} looks like the output of ${other.program}`);
    }
  }
  if (text.trim() === "") {
    throw wrong(file, "there is no path in it");
  }
  return text;
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(userFile(file));
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) {
      throw error;
    }
    throw wrong(file, `the list of paths cannot be read: ${code}`, error);
  }
}

function decode(file: string, bytes: Buffer): string {
  if (bytes.includes(0)) {
    throw wrong(file, "it has NUL bytes, as UTF-16 or find -print0 writes them");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw wrong(file, "it is not UTF-8 text", error);
  }
}

function wrong(file: string, what: string, cause?: unknown): UserError {
  return new UserError(`${file}: ${what} (allowed: ${ALLOWED})`, { cause });
}
