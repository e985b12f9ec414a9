import type { RemoteTree, Version } from "../../simulation/remote-tree";

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
  const filesAt = [...fanOut, 0].map((_, level) => numbered("f", files[level] ?? 0));
  return computedTree((level) => ({ files: filesAt[level] ?? [], folders: folders[level] ?? [] }));
}

/** A folder in a folder in a folder, and a file in each. */
export function chain(levels: number): RemoteTree {
  return computedTree((level) => ({ files: ["f"], folders: level < levels ? ["d"] : [] }));
}

/**
 * A tree that is computed when it is asked for: millions of files need no memory.
 * @param namesAt what lies in each folder of a level; 0: the root.
 */
function computedTree(
  namesAt: (level: number) => { readonly files: readonly string[]; readonly folders: readonly string[] },
): RemoteTree {
  return {
    file,
    list: (folder, listedAt) => {
      const { files, folders } = namesAt(levelOf(folder));
      return {
        folder,
        files: new Map(files.map((name) => [`${folder}/${name}`, file(name)])),
        folders: folders.map((name) => `${folder}/${name}`),
        truncated: false,
        strangers: [],
        listedAt,
      };
    },
  };
}

/** Its size goes by the number at the end of its name, so that no two files of a folder are alike. */
function file(path: string): Version {
  const size = FILE_BYTES + Number(/\d*$/.exec(path)?.[0] ?? 0);
  return { content: "", bytes: size, size, modified: MODIFIED };
}

function levelOf(path: string): number {
  return path.split("/").length - ROOT.split("/").length;
}

/** `d0007`: with as many digits as the last one needs. */
function numbered(prefix: string, count: number): string[] {
  const digits = String(Math.max(0, count - 1)).length;
  return Array.from({ length: count }, (_, index) => prefix + String(index).padStart(digits, "0"));
}
