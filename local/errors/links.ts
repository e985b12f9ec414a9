import { lstat, realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
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
 * @param path within `root`, whether it is there or not.
 * @throws StorageFailure
 */
export async function refuseLinks(root: string, path: string): Promise<void> {
  const parent = dirname(path);
  let place = path !== root && (await hasNoLink(root, parent)) ? parent : root;
  for (const segment of relative(place, path).split(sep)) {
    place = join(place, segment);
    const found = await lstat(place).catch((error: unknown) => {
      if (!ENDS.includes(errorCode(error) ?? "")) {
        throw error;
      }
      return undefined;
    });
    if (found === undefined) {
      return;
    }
    if (found.isSymbolicLink()) {
      throw linkFailure(place, root);
    }
  }
}

/**
 * Whether the system, asked once instead of for each segment, finds a path where it says it is. A path that is not there, or that a
 * file system spells otherwise, has to be looked at by its segments.
 */
async function hasNoLink(root: string, path: string): Promise<boolean> {
  try {
    const [from, to] = await Promise.all([realpath(root), realpath(path)]);
    return to === join(from, relative(root, path));
  } catch {
    return false;
  }
}
