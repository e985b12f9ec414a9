import { join, relative } from "node:path";
import { deployedTo, outputFolder, readInstallation } from "./config/installation/installation";
import { loadDefinitions } from "./config/load-definitions";
import { formatProblem, hasErrors } from "./config/problems/problem";
import { synthStacks } from "./stacks/app";

/** Exit code for wrong settings or definitions. */
const WRONG_INPUT = 2;

async function main(): Promise<void> {
  const { settings, environment, problems } = await readInstallation({ root: __dirname, env: process.env });
  // From inside the folder itself, it is the current one.
  const servers = relative(process.cwd(), join(__dirname, "servers")) || ".";
  const { definitions, problems: inDefinitions } = await loadDefinitions(servers, settings);
  const deployed = deployedTo(environment, definitions);
  const all = [...problems, ...inDefinitions, ...deployed.problems];
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
  const outdir = process.env.CDKTF_OUTDIR ?? join(__dirname, outputFolder(environment?.name));
  synthStacks({
    settings,
    definitions: deployed.definitions,
    functionsDir: join(__dirname, "dist", "functions"),
    outdir,
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
