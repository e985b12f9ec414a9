/** What ListObjectsV2 gives at once (API reference). */
const PAGE = 1000;

export interface StoredObject {
  readonly text: string | undefined;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
  /** Milliseconds. */
  readonly modified: number;
}

interface Folder {
  readonly objects: Map<string, StoredObject>;
  /** In order. */
  readonly names: string[];
}

/** A bucket in memory, made for many small objects. Names are plain ASCII, whose order is that of S3. */
export class SimulatedBucket {
  private readonly folders = new Map<string, Folder>();
  private etags = 0;

  get(key: string): StoredObject | undefined {
    const { folder, name } = split(key);
    return this.folders.get(folder)?.objects.get(name);
  }

  put(key: string, content: { readonly text: string } | { readonly size: number }, modified: number): StoredObject {
    const { folder: path, name } = split(key);
    const folder = this.folder(path);
    if (!folder.objects.has(name)) {
      folder.names.splice(position(folder.names, name), 0, name);
    }
    this.etags += 1;
    const text = "text" in content ? content.text : undefined;
    const size = "size" in content ? content.size : Buffer.byteLength(content.text);
    const stored = { text, size, etag: `"${this.etags}"`, modified };
    folder.objects.set(name, stored);
    return stored;
  }

  delete(key: string): void {
    const { folder: path, name } = split(key);
    const folder = this.folders.get(path);
    if (folder?.objects.delete(name)) {
      folder.names.splice(position(folder.names, name), 1);
    }
  }

  /** A page of the objects right in one folder: the engine asks for no others. */
  list(folderPath: string, startAfter: string): { readonly keys: string[]; readonly isLast: boolean } {
    const { names } = this.folders.get(folderPath) ?? { names: [] };
    const after = startAfter.slice(folderPath.length);
    const first = position(names, after);
    const start = names[first] === after ? first + 1 : first;
    const keys = names.slice(start, start + PAGE).map((name) => folderPath + name);
    return { keys, isLast: start + PAGE >= names.length };
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

/** Where a name stands or would stand. */
function position(names: readonly string[], name: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] ?? "") < name) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
