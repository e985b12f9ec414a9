import { randomBytes } from "node:crypto";
import { mkdir, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A remote tree: so many folders with so many files each, all of one size. */
export interface LocalTree {
  readonly folders: number;
  readonly files: number;
  /** Of one file. */
  readonly bytes: number;
}

export interface LocalCase extends LocalTree {
  /** What the destination has: nothing, everything, or all but the last state of one file in a hundred. */
  readonly before: "nothing" | "all" | "most";
  /** The link's delay, one way. */
  readonly delayMilliseconds?: number;
}

const TREE = { folders: 10, files: 500, bytes: 20_000 };

export const LOCAL_CASES = {
  first: { ...TREE, before: "nothing" },
  unchanged: { ...TREE, before: "all" },
  changed: { ...TREE, before: "most" },
  large: { folders: 1, files: 10, bytes: 200_000_000, before: "nothing" },
  folders: { folders: 2000, files: 10, bytes: 0, before: "nothing" },
  "one-folder": { folders: 1, files: 50_000, bytes: 1, before: "nothing" },
  delay: { ...TREE, before: "nothing", delayMilliseconds: 20 },
} as const satisfies Record<string, LocalCase>;

export type LocalCaseName = keyof typeof LOCAL_CASES;

/** The same with a part of its files: in one folder, or of large ones, fewer or smaller files; elsewhere fewer folders. */
export function scaled<T extends LocalTree>(tree: T, scale: number): T {
  const part = (number: number) => Math.max(1, Math.round(number * scale));
  if (tree.folders > 1) {
    return { ...tree, folders: part(tree.folders), files: tree.folders * scale < 1 ? part(tree.files) : tree.files };
  }
  return tree.bytes > 1 ? { ...tree, bytes: part(tree.bytes) } : { ...tree, files: part(tree.files) };
}

/** Long enough ago for no rule about files that may still grow. In UTC seconds. */
const FIRST_TIME = 1_700_000_000;

const pathOf = (root: string, { files }: LocalTree, index: number) =>
  join(root, `folder-${Math.floor(index / files)}`, `file-${index % files}`);

/** Makes the files; those over a megabyte have no content, but are read as if. */
export async function makeTree(root: string, tree: LocalTree): Promise<void> {
  const { folders, files, bytes } = tree;
  for (let folder = 0; folder < folders; folder++) {
    await mkdir(join(root, `folder-${folder}`), { recursive: true });
  }
  for (let index = 0; index < folders * files; index++) {
    const path = pathOf(root, tree, index);
    const isLarge = bytes > 1_000_000;
    await writeFile(path, isLarge ? "" : randomBytes(bytes));
    if (isLarge) {
      await truncate(path, bytes);
    }
    await utimes(path, FIRST_TIME, FIRST_TIME);
  }
}

/**
 * Changes every hundredth file, always the same ones.
 * @param time how often that was done before, so that each time gives another modification time.
 */
export async function changeSome(root: string, tree: LocalTree, time: number): Promise<void> {
  for (let index = 0; index < tree.folders * tree.files; index += 100) {
    const path = pathOf(root, tree, index);
    await writeFile(path, randomBytes(tree.bytes));
    await utimes(path, FIRST_TIME + time, FIRST_TIME + time);
  }
}
