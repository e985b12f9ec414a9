import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { RunResult } from "../../../local/runner/run-result";
import { filesBelow } from "../../support/files-below";
import type { World } from "../world";
import { type Contents, changeTree, EXCLUDE, restoreTree } from "./tree";

/** Three runs over one server. Paths are below `/in`. */
export interface Observation {
  /** What every server should show before the first run, and what had arrived after it. */
  readonly tree: Contents;
  readonly first: RunResult;
  readonly arrived: Contents;
  readonly second: RunResult;
  /** What was changed before the third run, and what had arrived after it. */
  readonly changes: Contents;
  readonly third: RunResult;
  readonly arrivedThen: Contents;
}

/** Runs a sync of the tree into empty buckets: twice as it is, and once changed. Leaves it as it was. */
export async function observe(world: World, tree: Contents): Promise<Observation> {
  const run = () => world.run({ remoteFolders: { Exclude: [EXCLUDE] } });
  await world.clearBuckets();
  const first = await run();
  const arrived = objects(world);
  const second = await run();
  const changes = await changeTree(world);
  const third = await run();
  await restoreTree(world, tree);
  return { tree, first, arrived, second, changes, third, arrivedThen: objects(world) };
}

function objects(world: World): Contents {
  const folder = world.objectFile("in");
  return new Map(filesBelow(folder).map((file) => [relative(folder, file), readFileSync(file)]));
}
