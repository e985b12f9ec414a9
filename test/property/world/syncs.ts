import { FILTERS } from "./filters";
import type { SyncOptions, WorldOptions } from "./scenario";

/** A sync of the world's one server. */
export interface Sync {
  readonly position: number;
  readonly name: string;
  /** Its folder on the remote server, at the top. */
  readonly root: string;
  readonly options: SyncOptions;
}

/** No name is the beginning of another one's path. */
const NAMES = ["data", "database", "more"];

export function syncsOf({ syncs }: WorldOptions): Sync[] {
  return syncs.map((options, position) => {
    const name = NAMES[position] ?? `sync-${position}`;
    return { position, name, root: `/${name}`, options };
  });
}

/** Whether the sync speaks of this path at all. */
export function isBelowRoot({ root }: Sync, path: string): boolean {
  return path.startsWith(`${root}/`);
}

/** Whether a run looks into a folder that a listing names. */
export function isFollowed(sync: Sync, folder: string): boolean {
  const { root, options } = sync;
  return (
    folder === root ||
    (hasFollowedLevel(sync, levelOf(sync, folder)) &&
      !FILTERS[options.filter].skipsFolder(folder.slice(root.length + 1)))
  );
}

/** Whether a run looks for folders in a folder that it lists. */
export function looksForFolders(sync: Sync, folder: string): boolean {
  return hasFollowedLevel(sync, levelOf(sync, folder) + 1);
}

function levelOf({ root }: Sync, folder: string): number {
  return folder.split("/").length - root.split("/").length;
}

function hasFollowedLevel({ options }: Sync, level: number): boolean {
  return options.recursive && level <= options.maxDepth;
}

/** Whether the globs want a file. */
export function passesFilter({ root, options }: Sync, path: string): boolean {
  return FILTERS[options.filter].wantsFile(path.slice(root.length + 1));
}
