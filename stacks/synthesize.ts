import { join, relative } from "node:path";
import { deployedTo, outputFolder, readInstallation } from "../config/installation/installation";
import { loadDefinitions } from "../config/load-definitions";
import { formatProblem, hasErrors } from "../config/problems/problem";
import { synthStacks } from "./app";

/** Exit codes: the stacks are written; settings or definitions are wrong. */
const [WRITTEN, WRONG_INPUT] = [0, 2];

export interface SynthesizedProject {
  /** Its folder, with cdktf.json, servers/ and the built functions. */
  readonly root: string;
  /** Names the environment, and says what the cdktf command hands over. */
  readonly env: NodeJS.ProcessEnv;
  /** Told each problem, in a line. */
  tell(text: string): void;
}

/**
 * Reads settings and definitions, and writes every stack; none where something is wrong.
 * @returns the exit code that belongs to it.
 */
export async function synthesizeProject({ root, env, tell }: SynthesizedProject): Promise<number> {
  const { settings, environment, problems } = await readInstallation({ root, env });
  // From inside the folder itself, it is the current one.
  const servers = relative(process.cwd(), join(root, "servers")) || ".";
  const { definitions, problems: inDefinitions } = await loadDefinitions(servers, settings);
  const deployed = deployedTo(environment, definitions);
  const all = [...problems, ...inDefinitions, ...deployed.problems];
  for (const problem of all) {
    tell(formatProblem(problem));
  }
  if (settings === undefined || hasErrors(all)) {
    if (hasErrors(inDefinitions)) {
      tell("No stack is synthesized while a definition has an error: docs/operations.md#a-wrong-file");
    }
    return WRONG_INPUT;
  }
  // What the cdktf command says, else in the project's folder, wherever it is called from.
  const outdir = env.CDKTF_OUTDIR ?? join(root, outputFolder(environment?.name));
  synthStacks({ settings, definitions: deployed.definitions, functionsDir: join(root, "dist", "functions"), outdir });
  return WRITTEN;
}
