import { join } from "node:path";
import { type DefinitionsResult, loadDefinitionFiles, loadDefinitions } from "../../config/load-definitions";
import { displayed, ROOT, userFile } from "./paths";

/** Reads the given definitions, or all in `servers/`, and holds them against each other. */
export async function validate(files: readonly string[]): Promise<DefinitionsResult> {
  return files.length === 0
    ? loadDefinitions(displayed(join(ROOT, "servers")))
    : loadDefinitionFiles(files.map((file) => userFile(file)));
}
