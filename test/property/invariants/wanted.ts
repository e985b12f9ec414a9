import { PREFIX } from "../../functions/support/run-input";
import { parentOf, type Version } from "../world/remote-tree";
import type { SyncOptions } from "../world/scenario";
import { isBelowRoot, isFollowed, passesFilter, type Sync } from "../world/syncs";

/** 150 GiB: no connector moves more. */
const MAX_FILE_BYTES = 150 * 1024 ** 3;

/** Whether the connector can be asked for a path at all. */
export function isSupported(path: string): boolean {
  return !/[\n\r\u2028\u2029\ufffd]/.test(path) && path.length <= 1024 && Buffer.byteLength(PREFIX + path) <= 1024;
}

/** Whether a sync brings a file to S3, sooner or later. */
export function isWanted(sync: Sync, path: string, version: Version): boolean {
  return (
    isBelowRoot(sync, path) &&
    isSupported(path) &&
    isReached(sync, path) &&
    !isTooLarge(version) &&
    passesFilter(sync, path)
  );
}

export function isTooLarge({ size }: Version): boolean {
  return size !== undefined && size > MAX_FILE_BYTES;
}

/** A file without a time settles from when it was first seen, which is for its callers to know. */
export function isSettled({ modified }: Version, { minimumAgeSeconds }: SyncOptions, listedAt: Date): boolean {
  const age = modified === undefined ? Number.POSITIVE_INFINITY : listedAt.getTime() - Date.parse(modified);
  return minimumAgeSeconds === 0 || age >= minimumAgeSeconds * 1000;
}

function isReached(sync: Sync, path: string): boolean {
  for (let folder = parentOf(path); folder !== sync.root; folder = parentOf(folder)) {
    if (!isFollowed(sync, folder)) {
      return false;
    }
  }
  return true;
}
