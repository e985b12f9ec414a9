import { PREFIX } from "../../functions/support/run-input";
import type { Version } from "../world/remote-tree";
import type { SyncOptions } from "../world/scenario";

/** Whether the connector can be asked for a path at all. */
export function isSupported(path: string): boolean {
  return !/[\n\r\ufffd]/.test(path) && path.length <= 1024 && Buffer.byteLength(PREFIX + path) <= 1024;
}

export function isWanted(path: string, { excludesText }: SyncOptions): boolean {
  return isSupported(path) && !(excludesText && path.endsWith(".txt"));
}

/** A file without a time settles from when it was first seen, which is for its callers to know. */
export function isSettled({ modified }: Version, { minimumAgeSeconds }: SyncOptions, listedAt: Date): boolean {
  const age = modified === undefined ? Number.POSITIVE_INFINITY : listedAt.getTime() - Date.parse(modified);
  return minimumAgeSeconds === 0 || age >= minimumAgeSeconds * 1000;
}
