import { byUtf8 } from "../engine/target/utf8-order";

/** What ListObjectsV2 gives at once (API reference). */
const PAGE = 1000;

export interface StoredObject {
  /** Empty where nobody reads it: the files of a target bucket may have a size alone. */
  readonly text: string;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
  /** In whole seconds, as S3 tells it. */
  readonly lastModified: Date;
}

export interface Page {
  /** In the order of their UTF-8 bytes. */
  readonly keys: readonly string[];
  readonly isLast: boolean;
}

interface Folder {
  readonly objects: Map<string, StoredObject>;
  /** In order. */
  readonly names: string[];
}

/** A bucket in memory, made for many small objects: what lies right in a folder is found without looking at any other. */
export class SimulatedBucket {
  private readonly folders = new Map<string, Folder>();

  get(key: string): StoredObject | undefined {
    const { folder, name } = split(key);
    return this.folders.get(folder)?.objects.get(name);
  }

  put(key: string, object: StoredObject): void {
    const { folder: path, name } = split(key);
    const folder = this.folder(path);
    if (!folder.objects.has(name)) {
      folder.names.splice(position(folder.names, name), 0, name);
    }
    folder.objects.set(name, object);
  }

  delete(key: string): void {
    const { folder: path, name } = split(key);
    const folder = this.folders.get(path);
    if (folder?.objects.delete(name)) {
      folder.names.splice(position(folder.names, name), 1);
    }
  }

  /** All keys with the prefix, in the order of their UTF-8 bytes. */
  keys(prefix = ""): string[] {
    return [...this.folders]
      .filter(([path]) => path.startsWith(prefix) || prefix.startsWith(path))
      .flatMap(([path, { names }]) => names.map((name) => path + name))
      .filter((key) => key.startsWith(prefix))
      .sort(byUtf8);
  }

  /**
   * What one request lists.
   * @param startAfter a key; only those after it.
   * @param flat leaves out keys with a slash after the prefix.
   */
  page(prefix: string, startAfter: string, flat: boolean): Page {
    const { folder, name } = split(prefix);
    if (flat && name === "" && (startAfter === "" || startAfter.startsWith(folder))) {
      const { names } = this.folders.get(folder) ?? { names: [] };
      const { keys, isLast } = pageOf(names, startAfter.slice(folder.length));
      return { keys: keys.map((key) => folder + key), isLast };
    }
    const keys = this.keys(prefix).filter((key) => !flat || !key.slice(prefix.length).includes("/"));
    return pageOf(keys, startAfter);
  }

  private folder(path: string): Folder {
    const known = this.folders.get(path);
    if (known !== undefined) {
      return known;
    }
    const made = { objects: new Map<string, StoredObject>(), names: [] };
    this.folders.set(path, made);
    return made;
  }
}

/** The folder with its slash, if any. */
function split(key: string): { folder: string; name: string } {
  const end = key.lastIndexOf("/") + 1;
  return { folder: key.slice(0, end), name: key.slice(end) };
}

/** @param keys in order. */
function pageOf(keys: readonly string[], startAfter: string): Page {
  const first = position(keys, startAfter);
  const start = keys[first] === startAfter ? first + 1 : first;
  return { keys: keys.slice(start, start + PAGE), isLast: start + PAGE >= keys.length };
}

/** Where a key stands or would stand. */
function position(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byUtf8(keys[middle] ?? "", key) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
