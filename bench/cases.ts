import type { RemoteTree } from "../simulation/remote-tree";
import type { Pace } from "./simulation/paced-connector";
import { type EvenTree, evenTree } from "./simulation/remote-tree";

/** A tree, and how fast its server is. */
export interface BenchCase {
  /** For the command line. */
  readonly name: string;
  readonly title: string;
  readonly tree: RemoteTree;
  readonly pace: Pace;
  /** The sync runs so often; from the second run on nothing has changed. */
  readonly runs: number;
}

function benchCase(name: string, title: string, tree: EvenTree, fileSeconds: number, runs: number): BenchCase {
  return { name, title, tree: evenTree(tree), pace: { listingSeconds: 1, fileSeconds, connections: 5 }, runs };
}

export const CASES: readonly BenchCase[] = [
  benchCase("folder", "10,000 files in one folder", { fanOut: [], files: [10_000] }, 0.5, 2),
  benchCase("folders", "10,000 folders with a file each", { fanOut: [10, 1000], files: [0, 0, 1] }, 2, 2),
  benchCase("frontier", "100,000 folders below ten folders", { fanOut: [10, 10_000], files: [] }, 0.5, 1),
  benchCase("million", "1,000,000 files in 10,000 folders", { fanOut: [100, 100], files: [0, 0, 100] }, 0.2, 2),
];
