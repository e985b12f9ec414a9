import { byUtf8 } from "../engine/target/utf8-order";

/** One content of a file, and what a listing says about it. */
export interface Version {
  /** Stands for the bytes. */
  readonly content: string;
  readonly bytes: number;
  /** As listed; `undefined` where the server does not say. */
  readonly size: number | undefined;
  /** As listed, ISO 8601; `undefined` where the server does not say. */
  readonly modified: string | undefined;
}

/** What a listing of a folder saw. */
export interface Snapshot {
  readonly folder: string;
  /** By path. */
  readonly files: ReadonlyMap<string, Version>;
  /** Paths. */
  readonly folders: readonly string[];
  readonly truncated: boolean;
  /** Entries that have no business there, as they are written: among the files, and among the folders too. */
  readonly strangers: readonly unknown[];
  readonly listedAt: Date;
}

/** What a connector sees of a remote server. Paths are absolute, without a slash at the end, but for `/`. */
export interface RemoteTree {
  /** @returns `undefined` where there is no such folder. */
  list(folder: string, listedAt: Date): Snapshot | undefined;
  file(path: string): Version | undefined;
}

interface Folder {
  readonly files: Map<string, Version>;
  readonly folders: Set<string>;
}

/** A tree of a remote server that somebody changes. */
export class StoredTree implements RemoteTree {
  private readonly folders = new Map<string, Folder>();
  private readonly before = new Map<string, Version>();

  /** @param folders that are there from the beginning. */
  constructor(folders: readonly string[] = []) {
    for (const folder of folders) {
      this.makeFolder(folder);
    }
  }

  paths(): string[] {
    return [...this.folders.values()].flatMap(({ files }) => [...files.keys()]).sort(byUtf8);
  }

  /** The version that was there before the present one. */
  versionBefore(path: string): Version | undefined {
    return this.before.get(path);
  }

  file(path: string): Version | undefined {
    return this.folders.get(parentOf(path))?.files.get(path);
  }

  /** Makes the folders on the way; what stands in the way is gone. */
  put(path: string, version: Version): void {
    const replaced = this.file(path);
    if (replaced !== undefined) {
      this.before.set(path, replaced);
    }
    this.removeFolder(path);
    this.makeFolder(parentOf(path)).files.set(path, version);
  }

  remove(path: string): void {
    this.folders.get(parentOf(path))?.files.delete(path);
  }

  /** With the folders on the way, in the place of files of their names. */
  makeFolder(path: string): Folder {
    const known = this.folders.get(path);
    if (known !== undefined) {
      return known;
    }
    const made = { files: new Map<string, Version>(), folders: new Set<string>() };
    this.folders.set(path, made);
    if (path !== TOP) {
      const parent = this.makeFolder(parentOf(path));
      parent.files.delete(path);
      parent.folders.add(path);
    }
    return made;
  }

  /** With everything below it. */
  removeFolder(path: string): void {
    this.folders.get(parentOf(path))?.folders.delete(path);
    for (const known of [...this.folders.keys()].filter((folder) => `${folder}/`.startsWith(`${path}/`))) {
      this.folders.delete(known);
    }
  }

  list(path: string, listedAt: Date): Snapshot | undefined {
    const folder = this.folders.get(path === "/" ? TOP : path);
    return (
      folder && {
        folder: path,
        files: new Map(folder.files),
        folders: [...folder.folders],
        truncated: false,
        strangers: [],
        listedAt,
      }
    );
  }
}

/** The folder of the folders at the top. */
const TOP = "";

/** `""` for what lies at the top. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

/** What a listing sees that is cut off: the first half of the files, and no folders. */
export function firstHalf(snapshot: Snapshot): Snapshot {
  const files = [...snapshot.files];
  return {
    ...snapshot,
    files: new Map(files.slice(0, Math.floor(files.length / 2))),
    folders: [],
    truncated: true,
  };
}
