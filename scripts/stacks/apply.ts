import { setTimeout } from "node:timers/promises";
import { inParallel } from "../../config/in-parallel";
import type { Settings } from "../../config/settings/settings";
import { printableText } from "../../contract/printable";
import { Interrupted } from "../../local/runner/interrupted";
import { EXIT } from "../commands/exit-codes";
import { wrapped } from "../terminal/wrap";
import { stackFolder } from "./manifest";
import type { StackOptions } from "./options";
import { planFile } from "./plan";
import { type Ended, runTerraform } from "./terraform";
import { terraformAdvice } from "./terraform-advice";

export interface Applying {
  /** Where the plans are saved. */
  readonly plans: string;
  /** `terraform`: options of the plans. */
  readonly options: Pick<StackOptions, "parallelism" | "terraform">;
  readonly cloud: Settings["terraformCloud"];
  readonly signal: AbortSignal;
  /** Receives what Terraform says; default: it is printed. */
  readonly tell?: ((line: string) => void) | undefined;
}

/** Terraform's words for the run of a saved plan that somebody has approved of on its page in Terraform Cloud. */
const APPLIED = "Saved plan is already applied";
const BEING_APPLIED = "Saved plan is already confirmed";

const PAUSE_MS = 5_000;

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
  { plans, options, cloud, signal, tell = (line) => console.log(wrapped(line)) }: Applying,
): Promise<string[]> {
  const ended = await inParallel(stacks, options.parallelism, async (stack) => {
    Interrupted.throwIf(signal);
    const args = ["apply", "-input=false", "-no-color", ...options.terraform.filter(isOfApply), planFile(plans, stack)];
    const print = (line: string) => line.trim() === "" || tell(printableText(`${stack}  ${line}`));
    const { code, stdout, stderr } = await runOnceFree(() => runTerraform(stackFolder(stack), args, print), signal);
    if (stderr.includes(APPLIED)) {
      tell(`${stack}  was applied on the service's pages meanwhile`);
      return { stack, isApplied: true };
    }
    if (code !== EXIT.ok) {
      const advice = terraformAdvice(stdout + stderr, cloud);
      console.error(
        printableText(
          `\n${stack} could not be applied:\n${stderr.trim()}${advice === undefined ? "" : `\nNext: ${advice}`}\n`,
        ),
      );
    }
    if (code === EXIT.interrupted || signal.aborted) {
      throw new Interrupted();
    }
    return { stack, isApplied: code === EXIT.ok };
  });
  return ended.filter(({ isApplied }) => !isApplied).map(({ stack }) => stack);
}

/** Waits for a run that is being applied already: only then it tells how that has ended. */
async function runOnceFree(run: () => Promise<Ended>, signal: AbortSignal): Promise<Ended> {
  for (;;) {
    const ended = await run();
    if (!ended.stderr.includes(BEING_APPLIED) || signal.aborted) {
      return ended;
    }
    await setTimeout(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}
