import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { storageFailure } from "../s3/storage-failure";

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
  try {
    await mkdir(own, { recursive: true });
  } catch (error) {
    throw storageFailure(error, root);
  }
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
