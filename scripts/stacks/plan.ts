import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { inParallel } from "../../config/in-parallel";
import { Interrupted } from "../../local/runner/interrupted";
import { EXIT } from "../commands/exit-codes";
import { ROOT } from "../commands/paths";
import { initialize } from "./initialization";
import { outdir, stackFolder } from "./manifest";
import type { StackOptions } from "./options";
import { runTerraform } from "./terraform";

export interface StackPlan {
  readonly stack: string;
  readonly result: "same" | "differs" | "failed";
  /** All that Terraform printed. */
  readonly printed: string;
}

export interface Planning extends Pick<StackOptions, "parallelism" | "terraform"> {
  /** Where plans are saved to be applied, outside the stacks' folders; without it they cannot be applied. */
  readonly saveTo?: string;
  /** Whether everything is to go. */
  readonly isDestroy?: boolean;
  readonly signal: AbortSignal;
}

/** As `terraform plan -detailed-exitcode` tells that there is something to do. */
const CHANGES = 2;

const plansFolder = (): string => join(outdir(), "plans");

/** Where the whole plans are, for people. */
export function plansPlace(stacks: readonly string[]): string {
  const [only = ""] = stacks;
  return join(relative(ROOT, plansFolder()), `${stacks.length === 1 ? only : "STACK"}.txt`);
}

export const planFile = (folder: string, stack: string): string => join(folder, `${stack}.tfplan`);

/**
 * Plans stacks, a few at a time, the others too where one cannot be planned. Tells on stderr how far it is.
 * @returns the plans in the order of the stacks.
 * @throws Interrupted
 */
export async function planStacks(stacks: readonly string[], planning: Planning): Promise<StackPlan[]> {
  await mkdir(plansFolder(), { recursive: true });
  let done = 0;
  return inParallel(stacks, planning.parallelism, async (stack) => {
    console.error(`Planning ${stack}`);
    const plan = await planStack(stack, planning);
    await writeFile(join(plansFolder(), `${stack}.txt`), plan.printed);
    done += 1;
    console.error(`Planned ${stack}: ${WORDS[plan.result]} (${done} of ${stacks.length})`);
    return plan;
  });
}

const WORDS = { same: "no changes", differs: "changes", failed: "failed" } as const;

async function planStack(stack: string, { saveTo, isDestroy, terraform, signal }: Planning): Promise<StackPlan> {
  Interrupted.throwIf(signal);
  const folder = stackFolder(stack);
  const saved = saveTo === undefined ? [] : [`-out=${planFile(saveTo, stack)}`];
  const options = ["-detailed-exitcode", "-input=false", "-no-color", ...(isDestroy ? ["-destroy"] : []), ...saved];
  const init = await initialize(folder);
  const { code, stdout, stderr } =
    init.code === EXIT.ok ? await runTerraform(folder, ["plan", ...options, ...terraform]) : init;
  if (code === EXIT.interrupted || signal.aborted) {
    throw new Interrupted();
  }
  const result = code === EXIT.ok ? "same" : code === CHANGES ? "differs" : "failed";
  return { stack, result, printed: stdout + stderr };
}
