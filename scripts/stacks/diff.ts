import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import { loadSettings } from "../commands/settings";
import { wrapped } from "../terminal/wrap";
import { expectDefined, knownStacks } from "./known-stacks";
import type { StackOptions } from "./options";
import { planStacks } from "./plan";
import { reportFailures } from "./plan-failures";
import { planSummary, wholePlan } from "./plan-summary";
import { expectShared } from "./shared-stack";

/** Plans stacks, and prints the plans and what they come to. @returns the exit code. @throws UserError, Interrupted */
export async function diff(options: StackOptions): Promise<number> {
  const signal = interruptionSignal();
  const settings = await loadSettings();
  await expectDefined(options);
  const known = await knownStacks(options);
  if ("code" in known) {
    return known.code;
  }
  const { stacks } = known;
  await expectShared(stacks, settings);
  const plans = await planStacks(stacks, { ...options, signal });
  for (const plan of plans.filter(({ result }) => result !== "failed")) {
    console.log(`\n${wholePlan(plan)}`);
  }
  console.log(wrapped(`\n${planSummary(plans)}\n`));
  const failed = reportFailures(plans, settings.terraformCloud);
  if (failed.length > 0) {
    console.error(`Could not be planned: ${failed.join(", ")}`);
  }
  return failed.length > 0 ? EXIT.failed : EXIT.ok;
}
