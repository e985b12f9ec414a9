import { parseName } from "../../fields/name-field";
import { parseFolder } from "../../fields/remote-folders";
import { syncNameFromFolder } from "../../naming/names";
import { parsedAt } from "../../problems/parsed-at";
import { valueAt } from "../../problems/path";
import { error } from "../../problems/problem";
import type { PlacedFinding } from "../../problems/zod-findings";

/** The name a sync has or will get; undefined where its fields are wrong. */
function syncNameAt(data: unknown, index: number): string | undefined {
  const sync = ["SyncSettings", index];
  if (valueAt(data, [...sync, "Name"]) !== undefined) {
    return parsedAt(data, [...sync, "Name"], parseName);
  }
  const folder = parsedAt(data, [...sync, "RemoteFolders", "Folder"], parseFolder);
  return folder === undefined ? undefined : syncNameFromFolder(folder);
}

/** Schedules, parameters and ledgers are named after the sync: `/a/b` and `/a-b` must not share them. */
export function syncNamesAreUnique(data: Record<string, unknown>): PlacedFinding[] {
  if (!Array.isArray(data.SyncSettings)) {
    return [];
  }
  const names = data.SyncSettings.map((_, index) => syncNameAt(data, index));
  return names.flatMap((name, index): PlacedFinding[] => {
    const first = names.indexOf(name);
    if (name === undefined || first === index) {
      return [];
    }
    const written = valueAt(data, ["SyncSettings", index, "Name"]) !== undefined;
    const finding = written
      ? error(`SyncSettings[${first}] has the name ${name} already`, { allowed: "a name that is unique in the server" })
      : error(`the name derived from this folder is ${name}, as is that of SyncSettings[${first}]`, {
          allowed: "a Name for this sync",
        });
    const field = written ? ["Name"] : ["RemoteFolders", "Folder"];
    return [{ path: ["SyncSettings", index, ...field], part: "value", finding }];
  });
}
