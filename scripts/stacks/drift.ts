import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import { loadSettings } from "../commands/settings";
import { driftReport } from "./drift-report";
import { expectDefined, knownStacks } from "./known-stacks";
import type { StackOptions } from "./options";
import { planStacks } from "./plan";
import { expectShared } from "./shared-stack";
import { terraformAdvice } from "./terraform-advice";

/** As `terraform plan -detailed-exitcode` tells that there is something to do. */
const CHANGES = 2;

/**
 * Plans stacks, and prints as Markdown where what is deployed differs from the definitions.
 * @returns the exit code: 0 where nothing differs, 2 where something does, 1 where a stack could not be planned.
 * @throws UserError, Interrupted
 */
export async function drift(options: StackOptions): Promise<number> {
  const signal = interruptionSignal();
  const settings = await loadSettings();
  await expectDefined(options);
  const known = await knownStacks(options, { stdout: "stderr" });
  if ("code" in known) {
    return known.code === EXIT.interrupted ? known.code : EXIT.failed;
  }
  const { stacks } = known;
  await expectShared(stacks, settings);
  const plans = await planStacks(stacks, { ...options, signal });
  console.log(driftReport(plans, (printed) => terraformAdvice(printed, settings.terraformCloud)));
  const results = plans.map(({ result }) => result);
  return results.includes("failed") ? EXIT.failed : results.includes("differs") ? CHANGES : EXIT.ok;
}
