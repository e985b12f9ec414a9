import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { errorCode } from "../../config/error-code";
import { UserError } from "../../local/errors/user-error";
import { userFile } from "./paths";

const STANDARD_INPUT = "-";

/**
 * Reads the list of paths that a definition is held against.
 * @param file `-`: the standard input.
 * @throws UserError where it cannot be read
 */
export async function listingText(file: string): Promise<string> {
  if (file === STANDARD_INPUT) {
    return text(process.stdin);
  }
  try {
    return await readFile(userFile(file), "utf8");
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) {
      throw error;
    }
    const allowed = "a file with one path a line, or - for the standard input";
    throw new UserError(`${file}: the list of paths cannot be read (${code}; allowed: ${allowed})`, { cause: error });
  }
}
