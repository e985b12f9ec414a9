import { type BigIntStats, lstatSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { errorCode } from "../../config/error-code";
import { printable } from "../../contract/printable";
import { StorageFailure } from "./storage-failure";

/** As far as a path is there, it is looked at. */
const ENDS: readonly string[] = ["ENOENT", "ENOTDIR", "ENAMETOOLONG"];

/** The system's own code where a link is not to be followed. */
export const LINK = "ELOOP";

/** Whether somebody has to remove a link first. */
export function isLinkFailure(error: unknown): error is StorageFailure {
  return error instanceof StorageFailure && error.code === LINK;
}

/** A link in the data directory: whatever it leads to, nobody has said that it may be read, written or deleted. */
export function linkFailure(path: string, root: string): StorageFailure {
  return new StorageFailure(`A link lies in the data directory, and is not followed: ${printable(path)}`, {
    folder: root,
    code: LINK,
    next: "remove it, or use another directory with --data DIR; the directory itself may be a link, nothing in it",
  });
}

/**
 * Refuses a path on which a symbolic link (on Windows a junction too) lies below its root, the last segment included. The root
 * itself may be one. Node.js opens no file relative to an open folder, so a link that somebody else puts there after this look
 * and before the path is used is followed; whoever can do that may write in the directory while a command works in it.
 *
 * Synchronous, because every object that is read or written is looked for so: handing a look over to another thread takes ten
 * times as long as the look itself.
 * @param path within `root`, whether it is there or not.
 * @param from a folder between the two that has been looked at in this turn of the event loop.
 * @returns what lies at the path; `undefined` where nothing does.
 * @throws StorageFailure
 */
export function refuseLinks(root: string, path: string, from = root): BigIntStats | undefined {
  let place = from;
  let found: BigIntStats | undefined;
  for (const segment of relative(from, path).split(sep)) {
    place = join(place, segment);
    found = look(place);
    if (found === undefined) {
      return undefined;
    }
    if (found.isSymbolicLink()) {
      throw linkFailure(place, root);
    }
  }
  return found;
}

function look(place: string): BigIntStats | undefined {
  try {
    return lstatSync(place, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (ENDS.includes(errorCode(error) ?? "")) {
      return undefined;
    }
    throw error;
  }
}
