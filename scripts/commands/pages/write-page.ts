import type { Stats } from "node:fs";
import { open, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "../../../config/error-code";
import { StorageFailure } from "../../../local/errors/storage-failure";
import { UserError } from "../../../local/errors/user-error";
import { displayed, userPath } from "../paths";
import { writeWhole } from "../write-whole";
import { isOurPage } from "./page";

/** Where pages are written to instead of a file. */
export const STANDARD_OUTPUT = "-";

/** The mark of a page of ours stands in its first lines. */
const BEGINNING = 4096;

export interface PageTarget {
  /** As the user typed it. */
  readonly file: string;
  /** Whether a file that is no page of ours may be overwritten. */
  readonly force: boolean;
}

/** A page holds names of partners' files and of what is theirs. */
const FOR_ITS_OWNER = 0o600;

/**
 * Writes a page, whole or not at all: whoever reads the file finds either the old one or the new one.
 * A new one is for its owner alone; one that is overwritten may be read by whoever might before. Another user's is left alone: it may
 * have been put there so that they can read the new one.
 * @returns the file, as it is to be shown.
 * @throws UserError where the file is there and not one of ours, or another user's. @throws StorageFailure
 */
export async function writePage(html: string, { file, force }: PageTarget): Promise<string> {
  const path = userPath(file);
  await expectOurs(path, file, force);
  const target = await realpath(path).catch(() => path); // A link stays one.
  try {
    await writeWhole(target, html, modeOf(await stat(target).catch(() => undefined)));
  } catch (error) {
    throw notWritten(path, file, error);
  }
  return displayed(path);
}

const modeOf = (found: Stats | undefined): number =>
  found === undefined || isOfAnother(found) ? FOR_ITS_OWNER : found.mode & 0o777;

const isOfAnother = ({ uid }: Stats): boolean => process.getuid !== undefined && uid !== process.getuid();

/** @throws UserError where there is something that must not be overwritten. @throws StorageFailure */
async function expectOurs(path: string, file: string, force: boolean): Promise<void> {
  try {
    const found = await stat(path);
    if (!found.isFile()) {
      throw new UserError(`${file} is a folder, or no regular file (allowed: a file, or - for the standard output)`, {
        next: "name another file",
      });
    }
    if (!force && isOfAnother(found)) {
      throw new UserError(
        `${file} is there already, and belongs to another user, ${found.uid}: it is not overwritten`,
        {
          next: "choose another name, or add --force",
        },
      );
    }
    if (!force && !isOurPage(await beginning(path))) {
      throw new UserError(`${file} is there already, and is no page of this command: it is not overwritten`, {
        next: "choose another name, or add --force",
      });
    }
  } catch (error) {
    if (errorCode(error) !== "ENOENT") {
      throw errorCode(error) === undefined ? error : notWritten(path, file, error);
    }
  }
}

async function beginning(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

function notWritten(path: string, file: string, error: unknown): unknown {
  const code = errorCode(error);
  return code === undefined
    ? error
    : new StorageFailure(`${file} cannot be written: ${code === "ENOENT" ? "its folder is not there" : code}`, {
        cause: error,
        folder: dirname(path),
        code,
        next: "mend that, or name another file; nothing has been changed",
      });
}
