import { join } from "node:path";
import { type DefinitionsResult, loadDefinitionFiles, loadDefinitions } from "../../config/load-definitions";
import { hasErrors } from "../../config/problems/problem";
import { holdAgainst, listedPaths, type SyncAgainst } from "./against";
import { listingText } from "./listing-text";
import { displayed, ROOT, userFile } from "./paths";

export interface Validated extends DefinitionsResult {
  /** What each sync makes of a list of paths; absent where none was given, or a definition is wrong. */
  readonly against?: readonly SyncAgainst[];
}

/**
 * Reads the given definitions, or all in `servers/`, and holds them against each other.
 * @param list file of paths to hold them against.
 * @throws UserError where the list cannot be read
 */
export async function validate(files: readonly string[], list: string | undefined): Promise<Validated> {
  const result =
    files.length === 0
      ? await loadDefinitions(displayed(join(ROOT, "servers")))
      : await loadDefinitionFiles(files.map((file) => userFile(file)));
  if (list === undefined) {
    return result;
  }
  const paths = listedPaths(await listingText(list));
  return hasErrors(result.problems) ? result : { ...result, against: holdAgainst(result.definitions, paths) };
}
