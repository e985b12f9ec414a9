import { lstatSync } from "node:fs";
import { walk } from "./walk";

export interface ListRequest {
  readonly prefix: string;
  /** Keys that go on after the prefix up to this text are rolled up into one common prefix; empty: none are. */
  readonly delimiter: string;
  /** Only keys after this one. */
  readonly after: string;
  /** Where the page before ended with this common prefix: it is not given again. */
  readonly afterCommonPrefix: string;
  readonly maxKeys: number;
}

export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified: Date;
}

export interface ListPage {
  readonly objects: readonly ListedObject[];
  readonly commonPrefixes: readonly string[];
  /** Where the next page starts, if there is one. */
  readonly next: Pick<ListRequest, "after" | "afterCommonPrefix"> | undefined;
}

/** One page of a bucket's keys, as ListObjectsV2 gives it: objects and common prefixes together make up the page. */
export async function listObjects(folder: string, request: ListRequest): Promise<ListPage> {
  const { prefix, delimiter, after, afterCommonPrefix, maxKeys } = request;
  const objects: ListedObject[] = [];
  const commonPrefixes: string[] = [];
  let last = { after, afterCommonPrefix };

  const rolledUp = (key: string) => last.afterCommonPrefix !== "" && key.startsWith(last.afterCommonPrefix);
  for await (const { key, path } of walk(folder, { prefix, after, enter: (keyPrefix) => !rolledUp(keyPrefix) })) {
    if (rolledUp(key)) {
      continue;
    }
    if (objects.length + commonPrefixes.length >= maxKeys) {
      return { objects, commonPrefixes, next: maxKeys === 0 ? undefined : last };
    }
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    if (end >= 0) {
      const commonPrefix = key.slice(0, end + delimiter.length);
      commonPrefixes.push(commonPrefix);
      last = { after: key, afterCommonPrefix: commonPrefix };
      continue;
    }
    const object = describe(key, path);
    if (object !== undefined) {
      objects.push(object);
      last = { after: key, afterCommonPrefix: "" };
    }
  }
  return { objects, commonPrefixes, next: undefined };
}

/** Synchronous: handing a look over to another thread takes ten times as long as the look itself. */
function describe(key: string, path: string): ListedObject | undefined {
  try {
    const { size, mtime } = lstatSync(path);
    return { key, size, lastModified: mtime };
  } catch {
    return undefined; // Deleted since its folder was read.
  }
}
