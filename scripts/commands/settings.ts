import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatProblem } from "../../config/problems/problem";
import type { Settings } from "../../config/settings/settings";
import { readSettings } from "../../config/settings/settings-file";
import { UserError } from "../../local/errors/user-error";
import { ROOT } from "./paths";

/** The settings in cdktf.json. @throws UserError naming everything that is wrong in them. */
export async function loadSettings(): Promise<Settings> {
  const { settings, problems } = readSettings(await readFile(join(ROOT, "cdktf.json"), "utf8"));
  if (settings === undefined) {
    throw new UserError(problems.map(formatProblem).join("\n"), {
      next: "Correct cdktf.json and run the command again.",
    });
  }
  return settings;
}
