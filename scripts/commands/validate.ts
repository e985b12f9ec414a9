import { ENVIRONMENT_VARIABLE, type Installation, readInstallations } from "../../config/installation/installation";
import { problemsInEnvironments } from "../../config/installation/problems-in-environments";
import {
  type DefinitionsResult,
  type Limits,
  loadDefinitionFiles,
  loadDefinitions,
} from "../../config/load-definitions";
import { hasErrors } from "../../config/problems/problem";
import { holdAgainst, listedPaths, type SyncAgainst } from "./against";
import { definitionsFolder } from "./definition-file";
import { listingText } from "./listing-text";
import { ROOT, userFile } from "./paths";
import { readSettingsFile } from "./settings";
import { type ServerTargets, targetsOf } from "./targets";

export interface Validated extends DefinitionsResult {
  /** Where each server writes, and where the settings let it; absent where they say nothing of that. */
  readonly targets?: readonly ServerTargets[];
  /** What each sync makes of a list of paths; absent where none was given, or a definition is wrong. */
  readonly against?: readonly SyncAgainst[];
}

/**
 * Reads the given definitions, or all in `servers/`, and holds them against each other.
 * @param list file of paths to hold them against.
 * @throws UserError where the list cannot be read
 */
export async function validate(files: readonly string[], list: string | undefined): Promise<Validated> {
  const result = await (files.length === 0 ? validateAll() : validateFiles(files.map((file) => userFile(file))));
  if (list === undefined) {
    return result;
  }
  const paths = listedPaths(await listingText(list));
  return hasErrors(result.problems) ? result : { ...result, against: holdAgainst(result.definitions, paths) };
}

async function validateFiles(files: readonly string[]): Promise<Validated> {
  return againstSettings(await readSettingsFile(), (limits) => loadDefinitionFiles(files, limits));
}

/** Where no environment is named, all are looked at: each is deployed sooner or later. */
async function validateAll(): Promise<Validated> {
  const load = (limits: Limits) => loadDefinitions(definitionsFolder(), limits);
  if ((process.env[ENVIRONMENT_VARIABLE] ?? "") !== "") {
    return againstSettings(await readSettingsFile(), load);
  }
  const [alone, ...environments] = await readInstallations({ root: ROOT, env: process.env });
  const result = await againstSettings(alone, load);
  const found = { ...result, limits: alone.settings ?? {} };
  return { ...result, problems: [...(await problemsInEnvironments(environments, found, load)), ...result.problems] };
}

/** Of wrong settings only the errors are told: what is odd there does not concern definitions. */
async function againstSettings(
  { settings, problems }: Installation,
  load: (limits: Limits) => Promise<DefinitionsResult>,
): Promise<Validated> {
  const loaded = await load(settings ?? {});
  const errors = problems.filter(({ severity }) => severity === "error");
  const targets = targetsOf(loaded.definitions, settings?.targetBuckets);
  return { ...loaded, problems: [...errors, ...loaded.problems], ...(targets === undefined ? {} : { targets }) };
}
