import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadDefinitions } from "../../config/load-definitions";
import { didYouMean } from "../../config/problems/nearest-name";
import { UserError } from "../../local/errors/user-error";
import { COMMAND } from "./command-line";
import { displayed, ROOT, userFile } from "./paths";

/** Whether what was typed is a path, not a server's name: those have no slash and no dot. */
export const isPath = (reference: string): boolean => !/^[^./\\]+$/.test(reference);

/** The folder of all definitions, as it is to be named in messages. */
export const definitionsFolder = (): string => displayed(join(ROOT, "servers"));

/** What a definition's file is called, wherever it lies. */
const FILE_NAME = /\.(ya?ml|json)$/i;

/**
 * The file of a definition, where what was typed names one: a path, or a server in servers/ with a valid file. Undefined for
 * anything else, such as a host.
 */
export async function knownDefinition(
  reference: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const file = userFile(reference, env);
  if (FILE_NAME.test(reference) || existsSync(file)) {
    return file;
  }
  return (await loadDefinitions(definitionsFolder())).files.get(reference);
}

/**
 * The file of a definition that was named by its path or, where it is in servers/, by its server's name. A file that is named
 * by its path need not be there, nor be valid.
 * @throws UserError where no valid definition in servers/ has the name.
 */
export async function definitionFile(reference: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const file = userFile(reference, env);
  if (isPath(reference) || existsSync(file)) {
    return file;
  }
  const { files } = await loadDefinitions(definitionsFolder());
  const found = files.get(reference);
  if (found === undefined) {
    const names = [...files.keys()];
    const allowed = names.length === 0 ? "there is none yet" : `there are: ${names.join(", ")}`;
    throw new UserError(
      `No valid definition in servers/ has the name ${JSON.stringify(reference)}${didYouMean(reference, names)} (${allowed})`,
      { next: `${COMMAND} validate, or name the file` },
    );
  }
  return found;
}
