import type { Pace } from "./simulation/paced-connector";
import { type ChangingTree, type EvenTree, evenTree, numbered } from "./simulation/remote-tree";

/** A tree, and how fast its server is. */
export interface BenchCase {
  /** For the command line. */
  readonly name: string;
  readonly title: string;
  readonly shape: EvenTree;
  readonly tree: ChangingTree;
  readonly pace: Pace;
  /** Levels of folders below a sync's own, and from its own to the first with files. */
  readonly levels: number;
  readonly levelsToFiles: number;
  /** Below the root, a sync for each, which all run at a time; by default one sync has all of the tree. */
  readonly folders?: readonly string[];
  /** The sync runs so often. */
  readonly runs: number;
  /** Before each run but the first, one of so many files changes; by default nothing has changed from the second run on. */
  readonly oneChangedOf?: number;
}

function benchCase(
  name: string,
  title: string,
  tree: EvenTree,
  { fileSeconds, ...more }: Pick<BenchCase, "runs" | "oneChangedOf" | "folders"> & Pick<Pace, "fileSeconds">,
): BenchCase {
  // Where each folder below the root has a sync, nobody lists the root.
  const above = more.folders === undefined ? 0 : 1;
  return {
    ...{ name, title, shape: tree, tree: evenTree(tree) },
    pace: { listingSeconds: 1, fileSeconds, connections: 5 },
    levels: tree.fanOut.length - above,
    levelsToFiles: Math.max(0, tree.files.findIndex((count) => count > 0) - above),
    ...more,
  };
}

const MEGABYTE = 1_000_000;

export const CASES: readonly BenchCase[] = [
  benchCase(
    "sample",
    "the AWS sample's example, 5,000 files of 20 MB in 10 folders, then 5% of them changed",
    { fanOut: [9], files: [500, 500], fileBytes: 20 * 1024 ** 2 },
    // At 50 MB a second over five connections.
    { fileSeconds: (20 * 1024 ** 2) / (10 * MEGABYTE), runs: 2, oneChangedOf: 20 },
  ),
  benchCase("folder", "10,000 files in one folder", { fanOut: [], files: [10_000] }, { fileSeconds: 0.5, runs: 2 }),
  benchCase(
    "folders",
    "10,000 folders with a file each",
    { fanOut: [10, 1000], files: [0, 0, 1] },
    { fileSeconds: 2, runs: 2 },
  ),
  benchCase(
    "deep",
    "100 folders one in the other, with 10 files each",
    { fanOut: Array.from({ length: 99 }, () => 1), files: Array.from({ length: 100 }, () => 10) },
    { fileSeconds: 0.5, runs: 2 },
  ),
  benchCase(
    "syncs",
    "20 syncs on one connector, with 500 files in 11 folders each",
    { fanOut: [20, 10], files: [0, 0, 50] },
    { fileSeconds: 0.2, runs: 2, folders: numbered("d", 20) },
  ),
  benchCase(
    "frontier",
    "100,000 folders below ten folders",
    { fanOut: [10, 10_000], files: [] },
    { fileSeconds: 0.5, runs: 1 },
  ),
  benchCase(
    "tenth",
    "100,000 files of 100 kB in 1,000 folders, a tenth of the next",
    { fanOut: [10, 100], files: [0, 0, 100], fileBytes: 100_000 },
    { fileSeconds: 0.2, runs: 2 },
  ),
  benchCase(
    "million",
    "1,000,000 files of 100 kB in 10,000 folders",
    { fanOut: [100, 100], files: [0, 0, 100], fileBytes: 100_000 },
    { fileSeconds: 0.2, runs: 2 },
  ),
];
