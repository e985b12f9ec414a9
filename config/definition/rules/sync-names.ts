import { error } from "../../problems/problem";
import type { PlacedFinding } from "../../problems/zod-findings";
import type { DefinitionFields } from "../form/definition-schema";
import { syncName } from "../form/sync-name";

/** Schedules, parameters and ledgers are named after the sync: `/a/b` and `/a-b` must not share them. */
export function syncNamesAreUnique({ SyncSettings }: DefinitionFields): PlacedFinding[] {
  const names = SyncSettings.items.map(({ fields }) => (fields === undefined ? undefined : syncName(fields)));
  return SyncSettings.items.flatMap(({ fields }, index): PlacedFinding[] => {
    const name = names[index];
    const first = names.indexOf(name);
    if (fields === undefined || name === undefined || first === index) {
      return [];
    }
    const folder = fields.RemoteFolders.fields?.Folder;
    if (folder === undefined || fields.Name.written !== undefined) {
      const allowed = "a name that is unique in the server";
      const finding = error(`SyncSettings[${first}] has the name ${name} already`, { allowed });
      return [{ path: fields.Name.path, part: "value", finding }];
    }
    const finding = error(`the name derived from this folder is ${name}, as is that of SyncSettings[${first}]`, {
      allowed: "a Name for this sync",
    });
    return [{ path: folder.path, part: "value", finding }];
  });
}
