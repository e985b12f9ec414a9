import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the functions' code lies while a command runs. */
export interface CodeFolder {
  readonly path: string;
  close(): Promise<void>;
}

/**
 * A new folder that only this user can write into. The data directory would not do: somebody else may own it, and put code where
 * it is looked for.
 */
export async function createCodeFolder(): Promise<CodeFolder> {
  const path = await mkdtemp(join(tmpdir(), "sftp-sync-functions-"));
  return { path, close: () => rm(path, { recursive: true, force: true }) };
}
