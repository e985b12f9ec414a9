import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "../../config/error-code";

const PRIVATE = 0o700;

/**
 * Makes a folder, and those above it that are missing, for nobody else. Level by level: in some file systems Node.js never comes
 * back from a recursive mkdir (`/proc` is one).
 * @throws what the system says; its `path` is the folder that cannot be made.
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) {
    return;
  }
  if (dirname(folder) !== folder) {
    await makePrivateFolder(dirname(folder));
  }
  try {
    await mkdir(folder, { mode: PRIVATE });
  } catch (error) {
    if (errorCode(error) !== "EEXIST" || !(await isFolder(folder))) {
      throw error; // Otherwise another process has made it in between.
    }
  }
}

/** A link that leads nowhere, or round in a circle, is none. */
export async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
