import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { unzip } from "./unzip";

/** Folders that are being filled: functions that share a zip begin at the same time. */
const underWay = new Map<string, Promise<void>>();

/**
 * Unpacks a function's zip into a folder named after its content, so that a changed zip never meets old files.
 * @returns the folder.
 */
export async function unpackFunction(zipPath: string, root: string): Promise<string> {
  const bytes = await readFile(zipPath);
  const folder = join(root, createHash("sha256").update(bytes).digest("hex").slice(0, 32));
  if (existsSync(folder)) {
    return folder;
  }
  const unpacking = underWay.get(folder) ?? unpack(bytes, zipPath, folder).finally(() => underWay.delete(folder));
  underWay.set(folder, unpacking);
  await unpacking;
  return folder;
}

async function unpack(bytes: Uint8Array, zipPath: string, folder: string): Promise<void> {
  const root = dirname(folder);
  await mkdir(root, { recursive: true });
  // Under another name first: a folder that exists is complete, even if this process is killed half-way.
  const staging = await mkdtemp(join(root, "unpacking-"));
  try {
    for (const [name, content] of unzip(bytes)) {
      await writeEntry(staging, name, content, zipPath);
    }
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(folder)) {
      throw error;
    }
  }
}

async function writeEntry(folder: string, name: string, content: Uint8Array, zipPath: string): Promise<void> {
  const file = join(folder, name);
  if (relative(folder, file).startsWith(`..${sep}`)) {
    throw new Error(`${zipPath} holds an entry outside its own folder: ${JSON.stringify(name)}`);
  }
  if (name.endsWith("/")) {
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
