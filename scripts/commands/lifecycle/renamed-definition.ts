import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { loadDefinitions } from "../../../config/load-definitions";
import { normaliseName } from "../../../config/naming/names";
import { formatProblem, hasErrors } from "../../../config/problems/problem";
import { isNamed } from "../../../config/settings/target-buckets";
import { UserError } from "../../../local/errors/user-error";
import { COMMAND } from "../command-line";
import { definitionsFolder } from "../definition-file";
import { changedText } from "../definition-text/change";
import { fileIsThere, replaceFile, textOf } from "../definitions/definition-store";
import type { Place } from "./places";

export interface Renaming {
  /** As it is called now. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Whether something may be known under the former name. */
  readonly hasLedgers: boolean;
}

/**
 * What the file of a server is called once the server has another name. One that is called otherwise than its server keeps its name.
 * @throws UserError where another file has that name.
 */
export function fileOfNew(file: string, from: string, to: string): string {
  const ending = extname(file);
  if (normaliseName(basename(file, ending)) !== from) {
    return file;
  }
  const renamed = join(dirname(file), `${to}${ending}`);
  if (existsSync(resolve(renamed))) {
    throw fileIsThere(renamed);
  }
  return renamed;
}

/** A definition's text under the new name. All else in it stays as it is. @throws UserError where it cannot be changed so. */
export async function renamedText({ file, from, to, hasLedgers }: Renaming): Promise<string> {
  return changedText(file, await textOf(file), [
    { kind: "set", path: ["Name"], value: to },
    ...(hasLedgers ? [{ kind: "set", path: ["FormerName"], value: from } as const] : []),
  ]);
}

/**
 * Holds a renamed definition against all others and the settings of each installation that it is for.
 * @throws UserError where an installation would refuse it, or lose it because it goes by the former name.
 */
export async function expectRenamable(file: string, to: string, text: string, places: readonly Place[]): Promise<void> {
  const folder = definitionsFolder();
  for (const { environment, settings } of places) {
    if (environment !== undefined && !isNamed(to, environment.servers)) {
      throw new UserError(`${environment.file} would not deploy ${to}: servers names it by its former name`, {
        next: `add ${JSON.stringify(to)} to servers in ${environment.file}, then the same command`,
      });
    }
    const { problems } = await loadDefinitions(folder, settings, new Map([[resolve(file), text]]));
    const wrong = problems.filter(({ severity }) => severity === "error");
    if (hasErrors(wrong)) {
      const where = environment === undefined ? "" : `In the environment ${environment.name}:\n`;
      throw new UserError(`${where}${wrong.map(formatProblem).join("\n")}\nNothing was changed.`, {
        next: `correct that, then the same command; ${COMMAND} validate shows what is wrong now`,
      });
    }
  }
}

/** Writes the renamed definition, then gives the file its name: in between it is a valid definition of the new name. */
export async function renameDefinition(file: string, renamed: string, text: string): Promise<void> {
  await replaceFile(file, await textOf(file), text);
  if (renamed !== file) {
    await rename(file, renamed);
  }
}
