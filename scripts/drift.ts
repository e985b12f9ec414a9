import { endWith } from "./commands/end-with";
import { EXIT } from "./commands/exit-codes";
import { interruptionSignal } from "./commands/interruption";
import { loadSettings } from "./commands/settings";
import { driftReport } from "./stacks/drift-report";
import { expectDefined, knownStacks } from "./stacks/known-stacks";
import { StackCommand } from "./stacks/options";
import { planStacks } from "./stacks/plan";
import { expectShared } from "./stacks/shared-stack";
import { terraformAdvice } from "./stacks/terraform-advice";

/** As `terraform plan -detailed-exitcode` tells that there is something to do. */
const CHANGES = 2;

const COMMAND = new StackCommand(
  "drift",
  `Plans every stack, or those that are named, and prints as Markdown where what is deployed differs from the definitions.
Exit code: 0 nothing differs; 2 something does; 1 a stack could not be planned.`,
  { examples: ["npm run --silent drift", "npm run --silent drift -- server-partner -lock=false"] },
).plans();

async function drift(args: readonly string[]): Promise<number> {
  const options = COMMAND.read(args);
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

endWith(drift(process.argv.slice(2)), "npm run drift -- --help", EXIT.failed);
