import type { Settings } from "../../config/settings/settings";
import { Interrupted } from "../../local/runner/interrupted";
import { EXIT } from "../commands/exit-codes";
import { inParallel } from "./in-parallel";
import { stackFolder } from "./manifest";
import type { StackOptions } from "./options";
import { planFile } from "./plan";
import { runTerraform } from "./terraform";
import { terraformAdvice } from "./terraform-advice";

export interface Applying {
  /** Where the plans are saved. */
  readonly plans: string;
  /** `terraform`: options of the plans. */
  readonly options: Pick<StackOptions, "parallelism" | "terraform">;
  readonly cloud: Settings["terraformCloud"];
  readonly signal: AbortSignal;
}

/** What a saved plan does not hold. */
const isOfApply = (option: string): boolean => /^-(lock|lock-timeout|parallelism)(=|$)/.test(option);

/**
 * Applies saved plans, a few at a time, the others too where one fails. What Terraform says is printed as it comes, behind the
 * stack's name.
 * @returns the stacks whose apply has failed.
 * @throws Interrupted once every Terraform has ended in order.
 */
export async function applyPlans(
  stacks: readonly string[],
  { plans, options, cloud, signal }: Applying,
): Promise<string[]> {
  const ended = await inParallel(stacks, options.parallelism, async (stack) => {
    Interrupted.throwIf(signal);
    const args = ["apply", "-input=false", "-no-color", ...options.terraform.filter(isOfApply), planFile(plans, stack)];
    const print = (line: string) => line.trim() === "" || console.log(`${stack}  ${line}`);
    const { code, stdout, stderr } = await runTerraform(stackFolder(stack), args, print);
    if (code !== EXIT.ok) {
      const advice = terraformAdvice(stdout + stderr, cloud);
      console.error(
        `\n${stack} could not be applied:\n${stderr.trim()}${advice === undefined ? "" : `\nNext: ${advice}`}\n`,
      );
    }
    if (code === EXIT.interrupted || signal.aborted) {
      throw new Interrupted();
    }
    return { stack, isApplied: code === EXIT.ok };
  });
  return ended.filter(({ isApplied }) => !isApplied).map(({ stack }) => stack);
}
