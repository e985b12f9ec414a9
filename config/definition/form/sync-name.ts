import { syncNameFromFolder } from "../../naming/names";
import type { SyncFields } from "./definition-schema";

/** The name that a sync has, or gets from its folder; undefined where the field that gives it is wrong. */
export function syncName({ Name, RemoteFolders }: SyncFields): string | undefined {
  if (Name.written !== undefined) {
    return Name.value;
  }
  const folder = RemoteFolders.fields?.Folder.value;
  return folder === undefined ? undefined : syncNameFromFolder(folder);
}
