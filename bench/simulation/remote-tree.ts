export interface RemoteFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

export interface RemoteFolder {
  readonly files: readonly RemoteFile[];
  readonly folders: readonly string[];
}

/** A remote tree that is computed when it is asked for: millions of files need no memory. */
export interface RemoteTree {
  readonly root: string;
  /** @param path below the root or the root itself, without a slash at the end. */
  list(path: string): RemoteFolder;
  /** Bytes of a file. */
  size(path: string): number;
}

export const ROOT = "/data";

const FILE_BYTES = 1000;

/** Of every file, before any run. */
export const MODIFIED = "2026-01-01T00:00:00Z";

export interface EvenTree {
  /** Folders in the root, in each of those, and so on. */
  readonly fanOut: readonly number[];
  /** Files in each folder of each level, the root first; 0 where there is no figure. */
  readonly files: readonly number[];
}

/** A tree whose folders of one level are all alike. */
export function evenTree({ fanOut, files }: EvenTree): RemoteTree {
  const folders = fanOut.map((count) => numbered("d", count));
  const filesAt = [...fanOut, 0].map((_, level) =>
    numbered("f", files[level] ?? 0).map((name) => ({ name, size: size(name) })),
  );
  return {
    root: ROOT,
    list: (path) => {
      const level = levelOf(path);
      return { files: filesAt[level] ?? [], folders: folders[level] ?? [] };
    },
    size,
  };
}

/** By the number at the end of its name, so that no two files of a folder are alike. */
function size(path: string): number {
  return FILE_BYTES + Number(/\d*$/.exec(path)?.[0] ?? 0);
}

/** A folder in a folder in a folder, and a file in each. */
export function chain(levels: number): RemoteTree {
  const files = [{ name: "f", size: FILE_BYTES }];
  return {
    root: ROOT,
    list: (path) => ({ files, folders: levelOf(path) < levels ? ["d"] : [] }),
    size,
  };
}

/** 0: the root. */
function levelOf(path: string): number {
  return path.split("/").length - ROOT.split("/").length;
}

/** `d0007`: with as many digits as the last one needs. */
function numbered(prefix: string, count: number): string[] {
  const digits = String(Math.max(0, count - 1)).length;
  return Array.from({ length: count }, (_, index) => prefix + String(index).padStart(digits, "0"));
}
