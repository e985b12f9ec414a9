export interface RemoteFile {
  readonly size?: number;
  readonly modified?: string;
}

export interface RemoteFolder {
  readonly files: Map<string, RemoteFile>;
  readonly folders: Set<string>;
}

const OLD = "2026-01-01T00:00:00Z";

/** The tree of a remote SFTP server. */
export class FakeRemote {
  private readonly folders = new Map<string, RemoteFolder>();

  /** Makes a file, and the folders on its way. */
  put(path: string, file: RemoteFile = { size: 10, modified: OLD }): void {
    const { folder, name } = split(path);
    this.makeFolder(folder).files.set(name, file);
  }

  remove(path: string): void {
    const { folder, name } = split(path);
    this.folders.get(folder)?.files.delete(name);
  }

  /** With everything below it. */
  removeFolder(path: string): void {
    const { folder, name } = split(path);
    this.folders.get(folder)?.folders.delete(name);
    for (const known of [...this.folders.keys()]) {
      if (known === path || known.startsWith(`${path}/`)) {
        this.folders.delete(known);
      }
    }
  }

  makeFolder(path: string): RemoteFolder {
    const known = this.folders.get(path);
    if (known !== undefined) {
      return known;
    }
    const made = { files: new Map<string, RemoteFile>(), folders: new Set<string>() };
    this.folders.set(path, made);
    if (path !== "/") {
      const { folder, name } = split(path);
      this.makeFolder(folder).folders.add(name);
    }
    return made;
  }

  folder(path: string): RemoteFolder | undefined {
    return this.folders.get(path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path);
  }

  file(path: string): RemoteFile | undefined {
    const { folder, name } = split(path);
    return this.folders.get(folder)?.files.get(name);
  }

  /** What the connector writes of a folder. */
  listing(path: string, truncated: unknown): string {
    const folder = this.folder(path);
    const base = path.endsWith("/") ? path : `${path}/`;
    const files = [...(folder?.files ?? [])].map(([name, { size, modified }]) => ({
      filePath: base + name,
      modifiedTimestamp: modified,
      size,
    }));
    const paths = [...(folder?.folders ?? [])].map((name) => ({ path: base + name }));
    return JSON.stringify({ files, paths, truncated });
  }
}

function split(path: string): { folder: string; name: string } {
  const slash = path.lastIndexOf("/");
  return { folder: slash === 0 ? "/" : path.slice(0, slash), name: path.slice(slash + 1) };
}
