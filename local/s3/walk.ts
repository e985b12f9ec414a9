import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { decodeName } from "./key-path";
import { compareUtf8 } from "./utf8-order";

export interface FoundObject {
  readonly key: string;
  readonly path: string;
}

export interface WalkOptions {
  readonly prefix: string;
  /** Only keys after this one. */
  readonly after: string;
  /** Asked before a folder is read, with what all its keys begin with. */
  enter(keyPrefix: string): boolean;
}

interface Entry {
  /** A whole segment; a folder's ends with a slash, so that entries sort as their keys do. */
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
}

/** The entries of one folder, with the folders that only hold pieces of a long segment read through. */
async function readEntries(folder: string, piece = ""): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(ignoreMissing)) {
    const decoded = decodeName(entry.name);
    const path = join(folder, entry.name);
    if (decoded === undefined) {
      continue;
    }
    const name = piece + decoded.text;
    if (decoded.marker === "part" && entry.isDirectory()) {
      for (const inner of await readEntries(path, name)) {
        entries.push(inner);
      }
    } else if (entry.isDirectory()) {
      entries.push({ name: `${name}/`, path, isFolder: true });
    } else if (entry.isFile()) {
      entries.push({ name, path, isFolder: false });
    }
  }
  return entries;
}

/** A folder may be removed, with its last object, while it is being listed. */
function ignoreMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") {
    return [];
  }
  throw error;
}

/** Whether keys that begin with `keyPrefix` can be wanted. */
function mayHold(keyPrefix: string, { prefix, after }: WalkOptions): boolean {
  const withinPrefix = keyPrefix.startsWith(prefix) || prefix.startsWith(keyPrefix);
  return withinPrefix && (compareUtf8(keyPrefix, after) > 0 || after.startsWith(keyPrefix));
}

/** The objects below a folder in the order of their keys' UTF-8 bytes; reads only the folders that can hold some. */
export async function* walk(folder: string, options: WalkOptions, keyPrefix = ""): AsyncGenerator<FoundObject> {
  const entries = await readEntries(folder);
  entries.sort((a, b) => compareUtf8(a.name, b.name));
  for (const { name, path, isFolder } of entries) {
    const key = keyPrefix + name;
    if (isFolder) {
      if (mayHold(key, options) && options.enter(key)) {
        yield* walk(path, options, key);
      }
    } else if (key.startsWith(options.prefix) && compareUtf8(key, options.after) > 0) {
      yield { key, path };
    }
  }
}
