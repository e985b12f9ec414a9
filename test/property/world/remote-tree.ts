import { byUtf8 } from "../../../engine/target/target-objects";

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
  readonly files: ReadonlyMap<string, Version>;
  readonly folders: readonly string[];
  readonly truncated: boolean;
  /** Entries that have no business there, as they are written: among the files, and among the folders too. */
  readonly strangers: readonly unknown[];
  readonly listedAt: Date;
}

/** The tree of a remote server, of which every sync has a folder at the top. */
export class RemoteTree {
  private readonly files = new Map<string, Version>();
  private readonly before = new Map<string, Version>();
  private readonly folders: Set<string>;

  constructor(roots: readonly string[]) {
    this.folders = new Set(roots);
  }

  paths(): string[] {
    return [...this.files.keys()].sort(byUtf8);
  }

  file(path: string): Version | undefined {
    return this.files.get(path);
  }

  /** The version that was there before the present one. */
  versionBefore(path: string): Version | undefined {
    return this.before.get(path);
  }

  /** Makes the folders on the way; what stands in the way is gone. */
  put(path: string, version: Version): void {
    this.removeFolder(path);
    for (let folder = parentOf(path); folder !== ""; folder = parentOf(folder)) {
      this.files.delete(folder);
      this.folders.add(folder);
    }
    const replaced = this.files.get(path);
    if (replaced !== undefined) {
      this.before.set(path, replaced);
    }
    this.files.set(path, version);
  }

  remove(path: string): void {
    this.files.delete(path);
  }

  /** With everything below it. */
  removeFolder(path: string): void {
    this.folders.delete(path);
    for (const known of [...this.files.keys()].filter((file) => file.startsWith(`${path}/`))) {
      this.files.delete(known);
    }
    for (const known of [...this.folders].filter((folder) => folder.startsWith(`${path}/`))) {
      this.folders.delete(known);
    }
  }

  /** `undefined`: there is no such folder. */
  list(folder: string, listedAt: Date, truncated: boolean): Snapshot | undefined {
    if (!this.folders.has(folder)) {
      return undefined;
    }
    const files = [...this.files].filter(([path]) => parentOf(path) === folder);
    const seen = truncated ? files.slice(0, Math.floor(files.length / 2)) : files;
    const folders = [...this.folders].filter((path) => parentOf(path) === folder);
    return { folder, files: new Map(seen), folders: truncated ? [] : folders, truncated, strangers: [], listedAt };
  }
}

/** `""` for a folder at the top. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
