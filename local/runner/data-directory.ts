import { mkdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { errorCode } from "../../config/error-code";
import { storageFailure } from "../errors/storage-failure";
import { UserError } from "../errors/user-error";

/** Where things lie in a data directory: buckets are folders in it, everything of ours is under `.sftp-sync`. */
export interface DataDirectory {
  /** Absolute. */
  readonly root: string;
  readonly lockFile: string;
  /** States of the connectors' transfers. */
  readonly transfers: string;
  /** Function zips as built for this directory. */
  readonly zips: string;
  /** Function code as unpacked from the zips. */
  readonly code: string;
  /** The synthesized stacks. */
  readonly stacks: string;
  /** What the functions printed during the last command. */
  readonly logs: string;
}

/** Makes the directory where there is none. @throws UserError where it cannot be used. */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  const root = resolve(path);
  const own = join(root, ".sftp-sync");
  await makeFolder(own, root);
  return {
    root,
    lockFile: join(own, "lock"),
    transfers: join(own, "transfers"),
    zips: join(own, "zips"),
    code: join(own, "functions"),
    stacks: join(own, "stacks"),
    logs: join(own, "logs"),
  };
}

/** Level by level: in some file systems Node.js never comes back from a recursive mkdir (`/proc` is one). */
async function makeFolder(folder: string, root: string): Promise<void> {
  if (await isFolder(folder)) {
    return;
  }
  if (dirname(folder) !== folder) {
    await makeFolder(dirname(folder), root);
  }
  try {
    await mkdir(folder);
  } catch (error) {
    const code = errorCode(error);
    if (code === "EEXIST" && (await isFolder(folder))) {
      return; // Made by another process in between.
    }
    throw unusable(error, root);
  }
}

/** Whatever the system says against a folder of the user's choice, they choose another. */
function unusable(error: unknown, root: string): UserError {
  const failure = storageFailure(error, root);
  const code = errorCode(error) ?? error;
  const message =
    failure instanceof UserError ? failure.message : `The data directory ${root} cannot be made there (${code})`;
  return new UserError(message, {
    cause: error,
    next: "name a folder that is there or can be made, and in which you may write: --data DIR",
  });
}

/** A link that leads nowhere, or round in a circle, is none. */
async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
