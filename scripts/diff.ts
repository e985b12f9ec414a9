import { endWith } from "./commands/end-with";
import { EXIT } from "./commands/exit-codes";
import { interruptionSignal } from "./commands/interruption";
import { loadSettings } from "./commands/settings";
import { expectDefined, knownStacks } from "./stacks/known-stacks";
import { StackCommand } from "./stacks/options";
import { planStacks } from "./stacks/plan";
import { reportFailures } from "./stacks/plan-failures";
import { planSummary, wholePlan } from "./stacks/plan-summary";
import { expectShared } from "./stacks/shared-stack";

const COMMAND = new StackCommand(
  "diff",
  "Plans every stack, or those that are named, and shows the plans and what they come to. Nothing is changed.",
  { examples: ["npm run diff", "npm run diff -- server-partner"] },
).plans();

async function diff(args: readonly string[]): Promise<number> {
  const options = COMMAND.read(args);
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
  console.log(`\n${planSummary(plans)}\n`);
  const failed = reportFailures(plans, settings.terraformCloud);
  if (failed.length > 0) {
    console.error(`Could not be planned: ${failed.join(", ")}`);
  }
  return failed.length > 0 ? EXIT.failed : EXIT.ok;
}

endWith(diff(process.argv.slice(2)), "npm run diff -- --help");
