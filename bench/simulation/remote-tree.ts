import type { RemoteTree, Version } from "../../simulation/remote-tree";

export const ROOT = "/data";

const USUAL_BYTES = 1000;

/** Of every file, before any run. */
export const MODIFIED = "2026-01-01T00:00:00Z";

export interface EvenTree {
  /** Folders in the root, in each of those, and so on. */
  readonly fanOut: readonly number[];
  /** Files in each folder of each level, the root first; 0 where there is no figure. */
  readonly files: readonly number[];
  /** Of a file, to which the number in its name is added; 1,000 by default. */
  readonly fileBytes?: number;
}

/** Of what somebody changes: nothing by itself. */
export interface ChangingTree extends RemoteTree {
  /** From now on the first of so many files of each folder has another time. */
  change(oneOf: number): void;
}

/** A tree whose folders of one level are all alike. */
export function evenTree({ fanOut, files, fileBytes }: EvenTree): ChangingTree {
  const folders = fanOut.map((count) => numbered("d", count));
  const filesAt = [...fanOut, 0].map((_, level) => numbered("f", files[level] ?? 0));
  return computedTree((level) => ({ files: filesAt[level] ?? [], folders: folders[level] ?? [] }), fileBytes);
}

/** A folder in a folder in a folder, and a file in each. */
export function chain(levels: number): ChangingTree {
  return computedTree((level) => ({ files: ["f"], folders: level < levels ? ["d"] : [] }));
}

/**
 * A tree that is computed when it is asked for: millions of files need no memory.
 * @param namesAt what lies in each folder of a level; 0: the root.
 */
function computedTree(
  namesAt: (level: number) => { readonly files: readonly string[]; readonly folders: readonly string[] },
  fileBytes = USUAL_BYTES,
): ChangingTree {
  const changes: number[] = [];
  const file = (path: string): Version => {
    const number = Number(/\d*$/.exec(path)?.[0] ?? 0);
    const times = changes.filter((oneOf) => number % oneOf === 0).length;
    const modified = new Date(Date.parse(MODIFIED) + times * 1000).toISOString();
    // By its number, so that no two files of a folder are alike.
    const bytes = fileBytes + number;
    return { content: "", bytes, size: bytes, modified: times === 0 ? MODIFIED : modified };
  };
  return {
    file,
    change: (oneOf) => void changes.push(oneOf),
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

function levelOf(path: string): number {
  return path.split("/").length - ROOT.split("/").length;
}

/** `d0007`: with as many digits as the last one needs. */
export function numbered(prefix: string, count: number): string[] {
  const digits = String(Math.max(0, count - 1)).length;
  return Array.from({ length: count }, (_, index) => prefix + String(index).padStart(digits, "0"));
}
