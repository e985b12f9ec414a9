import type { NamedSync, SyncDefinition } from "../../contract/model";
import { UserError } from "../errors/user-error";

/**
 * The enabled syncs, or the named one whether enabled or not.
 * @throws UserError for an unknown name.
 */
export function selectSyncs<T extends NamedSync & Pick<SyncDefinition, "enabled">>(
  { name, syncs }: { readonly name: string; readonly syncs: readonly T[] },
  wanted: string | undefined,
): readonly T[] {
  if (wanted === undefined) {
    return syncs.filter(({ enabled }) => enabled);
  }
  const found = syncs.filter(({ setting }) => setting.Name === wanted);
  if (found.length === 0) {
    const names = syncs.map(({ setting }) => setting.Name).join(", ");
    throw new UserError(`The definition of ${name} has no sync ${JSON.stringify(wanted)} (allowed: ${names})`);
  }
  return found;
}
