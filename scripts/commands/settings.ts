import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { formatProblem, hasErrors } from "../../config/problem";
import { parseSettings, type Settings } from "../../config/settings";
import { UserError } from "../../local/user-error";
import { ROOT } from "./paths";

const cdktfSchema = z.object({ context: z.unknown() });

/** The settings in cdktf.json. @throws UserError naming everything that is wrong in them. */
export async function loadSettings(): Promise<Settings> {
  const text = await readFile(join(ROOT, "cdktf.json"), "utf8");
  const { settings, problems } = parseSettings(cdktfSchema.parse(parseJson(text)).context, {
    file: "cdktf.json",
    text,
  });
  if (settings === undefined || hasErrors(problems)) {
    throw new UserError(problems.map(formatProblem).join("\n"), {
      next: "Correct cdktf.json and run the command again.",
    });
  }
  return settings;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`cdktf.json is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      next: "Correct cdktf.json and run the command again.",
    });
  }
}
