import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatProblem } from "../../config/problems/problem";
import type { Settings, SettingsResult } from "../../config/settings/settings";
import { readSettings } from "../../config/settings/settings-file";
import { UserError } from "../../local/errors/user-error";
import { ROOT } from "./paths";

/** The settings in cdktf.json, or what is wrong in them. */
export async function readSettingsFile(): Promise<SettingsResult> {
  return readSettings(await readFile(join(ROOT, "cdktf.json"), "utf8"));
}

/** The settings in cdktf.json. @throws UserError naming everything that is wrong in them. */
export async function loadSettings(): Promise<Settings> {
  const { settings, problems } = await readSettingsFile();
  if (settings === undefined) {
    throw new UserError(problems.map(formatProblem).join("\n"), {
      next: "Correct cdktf.json and run the command again.",
    });
  }
  return settings;
}
