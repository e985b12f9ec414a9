import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as z from "zod";
import { EXIT } from "../commands/exit-codes";
import { ROOT } from "../commands/paths";
import { synthesizedStacks } from "./manifest";
import { isNamed } from "./stack-names";

const OPTION = "--outputs-file";

const outputsSchema = z.record(z.string(), z.unknown());

/**
 * Has the cdktf command write down the outputs of what it deploys: every stack has some, and one whose plan was dismissed, here or
 * on the pages of Terraform Cloud, is missing there. The exit code is 0 all the same.
 * @param options the user's; a file for the outputs that they name is used.
 */
export async function withOutputs(
  options: readonly string[],
  run: (options: readonly string[]) => Promise<number>,
): Promise<{ readonly code: number; readonly deployed: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "sftp-sync-"));
  try {
    const named = fileIn(options);
    const file = named === undefined ? join(folder, "outputs.json") : resolve(ROOT, named);
    const code = await run(named === undefined ? [...options, OPTION, file] : options);
    const text = code === EXIT.ok ? await readFile(file, "utf8") : "{}";
    return { code, deployed: Object.keys(outputsSchema.parse(JSON.parse(text))) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function fileIn(options: readonly string[]): string | undefined {
  const index = options.indexOf(OPTION);
  const inOne = options.find((option) => option.startsWith(`${OPTION}=`));
  return index === -1 ? inOne?.slice(OPTION.length + 1) : options[index + 1];
}

/**
 * Tells of the stacks with which a command that ended well has done nothing.
 * @param code with which it ended.
 * @param names of stacks, or patterns for them.
 * @param title what these stacks are.
 * @returns the exit code.
 */
export async function reportMissing(
  code: number,
  names: readonly string[],
  title: string,
  isDone: (stack: string) => Promise<boolean>,
): Promise<number> {
  if (code !== EXIT.ok) {
    return code;
  }
  const missing: string[] = [];
  for (const stack of await synthesizedStacks()) {
    if (isNamed(stack, names) && !(await isDone(stack))) {
      missing.push(stack);
    }
  }
  if (missing.length === 0) {
    return EXIT.ok;
  }
  console.error(
    `\n${title}: ${missing.join(", ")}. Their plans were dismissed or discarded, or those of stacks before them.`,
  );
  return EXIT.failed;
}
