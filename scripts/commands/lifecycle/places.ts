import { deployedTo, readInstallations } from "../../../config/installation/installation";
import { formatProblem } from "../../../config/problems/problem";
import type { Environment } from "../../../config/settings/environment-file";
import type { Settings } from "../../../config/settings/settings";
import type { ServerDefinition } from "../../../contract/model";
import { UserError } from "../../../local/errors/user-error";
import { serverStackId } from "../../../stacks/naming/names";
import { stateFileName } from "../../../stacks/naming/state-places";
import { shellWords } from "../command-line";
import { ROOT } from "../paths";

/** One of the installations that a definition may be deployed to. */
export interface Place {
  /** Absent for cdktf.json alone. */
  readonly environment?: Environment;
  readonly settings: Settings;
}

/**
 * The installations that a definition is for: every environment that takes it, and cdktf.json alone.
 * @throws UserError for settings that are wrong: nobody knows then what is deployed with them.
 */
export async function placesOf(definition: ServerDefinition): Promise<Place[]> {
  const installations = await readInstallations({ root: ROOT, env: process.env });
  const wrong = installations.flatMap(({ settings, problems }) =>
    settings === undefined ? problems.filter(({ severity }) => severity === "error") : [],
  );
  if (wrong.length > 0) {
    throw new UserError([...new Set(wrong.map(formatProblem))].join("\n"), {
      next: "correct that, then run the command again",
    });
  }
  return installations.flatMap(({ settings, environment }) => {
    const isFor = deployedTo(environment, [definition]).definitions.length > 0;
    return settings === undefined || !isFor
      ? []
      : [{ settings, ...(environment === undefined ? {} : { environment }) }];
  });
}

/** The file with the state of a server's stack; undefined where states lie elsewhere. */
export function stateFileOf({ settings }: Place, server: string): string | undefined {
  return settings.terraformCloud === undefined && settings.s3Backend === undefined
    ? stateFileName(serverStackId(server), settings)
    : undefined;
}

/** A command that works on this installation, and not on the one that the shell names. */
export function commandIn({ environment }: Place, command: string, ...words: readonly string[]): string {
  const env = environment === undefined ? [] : ["--env", environment.name];
  return `${command} ${shellWords([...words, ...env])}`;
}
