import type { DefinitionFields } from "../../../config/definition/form/definition-schema";
import { definitionSchema } from "../../../config/definition/form/definition-schema";
import { syncName } from "../../../config/definition/form/sync-name";
import { didYouMean } from "../../../config/problems/nearest-name";
import { dottedPath, type Path } from "../../../config/problems/path";
import { fieldAt, fieldNames } from "../../../config/problems/schema-fields";
import { UserError } from "../../../local/errors/user-error";

const FORM = /^[A-Za-z$]+(\.[A-Za-z]+|\[[^[\]]+\])*$/;

const ALLOWED = "such as Schedule, SyncSettings[0].Enabled, or SyncSettings[reports].RemoteFolders.Folder";

/**
 * The place that somebody means by `SyncSettings[reports].RemoteFolders.Folder`: an entry is named by its index from 0, a sync by its
 * name as well.
 * @param fields of the definition. @throws UserError where no definition has such a field, or this one no such sync.
 */
export function fieldPath(text: string, fields: DefinitionFields): Path {
  if (!FORM.test(text)) {
    throw new UserError(`${JSON.stringify(text)} is no field's path (allowed: ${ALLOWED})`);
  }
  const parts = [...text.matchAll(/\[([^\]]+)\]|([^.[\]]+)/g)];
  const path: (string | number)[] = [];
  for (const [, entry, key = ""] of parts) {
    const next = entry === undefined ? key : indexOf(entry, path, fields);
    if (fieldAt(definitionSchema, [...path, next]) === undefined) {
      const names = fieldNames(definitionSchema, path);
      const place = path.length === 0 ? "A definition" : dottedPath(path);
      const allowed = names.join(", ") || "nothing below it";
      throw new UserError(`${place} has no field ${next}${didYouMean(String(next), names)} (allowed: ${allowed})`);
    }
    path.push(next);
  }
  return path;
}

function indexOf(entry: string, path: Path, { SyncSettings }: DefinitionFields): number {
  if (/^\d+$/.test(entry)) {
    return Number(entry);
  }
  const names =
    path.join() === "SyncSettings" ? SyncSettings.items.map(({ fields }) => fields && syncName(fields)) : [];
  const index = names.indexOf(entry);
  if (index === -1) {
    const known = names.filter((name) => name !== undefined);
    throw new UserError(
      `There is no ${dottedPath(path)}[${entry}]${didYouMean(entry, known)} (allowed: ${known.join(", ") || "an index from 0"})`,
    );
  }
  return index;
}
