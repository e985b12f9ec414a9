import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StorageFailure, storageFailure, TEMPORARY_FILES } from "../errors/storage-failure";
import { strangerAt } from "./strangers";

/** A folder that is gone when it is closed. */
export interface PrivateFolder {
  readonly path: string;
  close(): Promise<void>;
}

/**
 * Goes to work in a folder in which nobody else can write, and which is gone afterwards.
 * @throws StorageFailure where there can be none among the temporary files.
 */
export async function withPrivateFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const { path, close } = await createPrivateFolder();
  try {
    return await work(path);
  } finally {
    await close();
  }
}

/**
 * Makes a new folder in which nobody else can write: for what says which code runs, what Terraform does, and
 * where credentials go.
 * @throws StorageFailure where there can be none among the temporary files.
 */
export async function createPrivateFolder(): Promise<PrivateFolder> {
  const parent = tmpdir();
  const path = await mkdtemp(join(parent, "sftp-sync-")).catch((error: unknown) => {
    throw storageFailure(error, parent, TEMPORARY_FILES);
  });
  const close = () => rm(path, { recursive: true, force: true });
  const stranger = await strangerAt(path);
  if (stranger !== undefined) {
    await close();
    const { found, allowed } = stranger;
    throw new StorageFailure(
      `Others can change what lies in the folder for temporary files ${parent}: ${found} (${allowed})`,
      { folder: parent, next: "set TMPDIR to a folder of your own" },
    );
  }
  return { path, close };
}
