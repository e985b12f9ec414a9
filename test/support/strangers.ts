import { chmodSync, chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { tempFolder } from "./temp-folder";

/** A user and a group that this process is not of. Only root can make their files. */
export const STRANGER = 54_321;

/** Why files of other users cannot be made here; for `this.skip()`. */
export const noStrangers = process.getuid?.() === 0 ? undefined : "files of other users need root";

/** A folder as another user has made it. @param mode such as `0o777`. */
export function strangersFolder(mode: number, parent = tempFolder(), name = "strangers"): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  chownSync(folder, STRANGER, STRANGER);
  chmodSync(folder, mode);
  return folder;
}
