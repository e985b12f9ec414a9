import { parentOf, type Version } from "../../../simulation/remote-tree";
import { PREFIX, TARGET } from "../../engine/support/run-input";
import { LAMBDA_SECONDS } from "../world/invocation";
import type { SyncOptions } from "../world/scenario";
import { isBelowRoot, isFollowed, passesFilter, type Sync } from "../world/syncs";

/** 150 GiB: no connector moves more. */
const MAX_FILE_BYTES = 150 * 1024 ** 3;

/** Whether the connector can be asked for a file, and can be told its place in S3. */
export function isSupported(path: string): boolean {
  const directory = `/${TARGET}/${PREFIX}${parentOf(path)}`;
  return isListable(path) && directory.length <= 1024 && Buffer.byteLength(PREFIX + path) <= 1024;
}

/** Whether the connector can be asked for a path at all. */
export function isListable(path: string): boolean {
  return !/[\n\r\u2028\u2029\ufffd]/.test(path) && path.length <= 1024;
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

/** A file whose time says no age settles from when it was first seen, which is for its callers to know. */
export function isSettled(version: Version, options: SyncOptions, listedAt: Date): boolean {
  const age = hasNoAge(version, options, listedAt)
    ? Number.POSITIVE_INFINITY
    : listedAt.getTime() - Date.parse(version.modified ?? "");
  return options.minimumAgeSeconds === 0 || age >= options.minimumAgeSeconds * 1000;
}

/**
 * Whether a file whose time says no age cannot have settled yet.
 * @param seconds since a listing showed it first. The slice that asked for it may have begun earlier, and counts from there.
 */
export function isJustSeen({ options }: Sync, version: Version, listedAt: Date, seconds: number): boolean {
  const settles = hasNoAge(version, options, listedAt) && options.changeDetection === "ledger";
  return settles && seconds < options.minimumAgeSeconds - LAMBDA_SECONDS;
}

const DAY = 86_400_000;

/** There is none, or none that can be right: then a ledger remembers since when. Without one, a clock may be ahead by a day. */
function hasNoAge({ modified }: Version, { changeDetection }: SyncOptions, listedAt: Date): boolean {
  const time = modified === undefined ? 0 : Date.parse(modified);
  const latest = listedAt.getTime() + (changeDetection === "ledger" ? 0 : DAY);
  return time <= 0 || time > latest;
}

function isReached(sync: Sync, path: string): boolean {
  for (let folder = parentOf(path); folder !== sync.root; folder = parentOf(folder)) {
    if (!isFollowed(sync, folder)) {
      return false;
    }
  }
  return true;
}
