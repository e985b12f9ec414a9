import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { loadDefinitions } from "./config/load-definitions";
import { formatProblem, hasErrors } from "./config/problems/problem";
import { readSettings } from "./config/settings/settings-file";
import { synthStacks } from "./stacks/app";

/** Exit code for wrong settings or definitions. */
const WRONG_INPUT = 2;

async function main(): Promise<void> {
  const text = readFileSync(join(__dirname, "cdktf.json"), "utf8");
  const { settings, problems } = readSettings(text, process.env.CDKTF_CONTEXT_JSON);
  // From inside the folder itself, it is the current one.
  const servers = relative(process.cwd(), join(__dirname, "servers")) || ".";
  const { definitions, problems: inDefinitions } = await loadDefinitions(servers, settings);
  const all = [...problems, ...inDefinitions];
  for (const problem of all) {
    console.error(formatProblem(problem));
  }
  if (settings === undefined || hasErrors(all)) {
    if (hasErrors(inDefinitions)) {
      console.error("No stack is synthesized while a definition has an error: docs/operations.md#a-wrong-file");
    }
    process.exitCode = WRONG_INPUT;
    return;
  }
  // What the cdktf command says, else beside this file, wherever it is called from.
  const outdir = process.env.CDKTF_OUTDIR ?? join(__dirname, "cdktf.out");
  synthStacks({ settings, definitions, functionsDir: join(__dirname, "dist", "functions"), outdir });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
