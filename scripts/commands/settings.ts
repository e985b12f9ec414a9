import { type Installation, readInstallation } from "../../config/installation/installation";
import { formatProblem, type Problem } from "../../config/problems/problem";
import type { Settings } from "../../config/settings/settings";
import { UserError } from "../../local/errors/user-error";
import { ROOT } from "./paths";

/** The settings in cdktf.json, as this command's environment has them, or what is wrong in them. */
export function readSettingsFile(): Promise<Installation> {
  return readInstallation({ root: ROOT, env: process.env });
}

/** The same settings. @throws UserError naming everything that is wrong in them. */
export async function loadSettings(): Promise<Settings> {
  const { settings, problems } = await readSettingsFile();
  if (settings === undefined) {
    throw wrongSettings(problems);
  }
  return settings;
}

/** Says all that is wrong in the settings. */
export function wrongSettings(problems: readonly Problem[]): UserError {
  return new UserError(problems.map(formatProblem).join("\n"), {
    next: "Correct that and run the command again.",
  });
}
