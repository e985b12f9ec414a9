import { EXIT } from "./commands/exit-codes";
import { loadSettings } from "./commands/settings";
import { isQuestion } from "./stacks/approval";
import { endWith } from "./stacks/cdktf";
import { driftReport, type StackPlan } from "./stacks/drift-report";
import { stackFolder, synthesizedStacks } from "./stacks/manifest";
import { expectShared } from "./stacks/shared-stack";
import { stacksToPlan } from "./stacks/stack-commands";
import { stackArguments } from "./stacks/stack-names";
import { synth, withoutSkipSynth } from "./stacks/synth";
import { type Ended, runTerraform } from "./stacks/terraform";
import { terraformAdvice } from "./stacks/terraform-advice";

/** As `terraform plan -detailed-exitcode` tells that there is something to do. */
const CHANGES = 2;

const HELP = `npm run --silent drift [-- STACK... [OPTIONS]]

Plans every stack, or those that are named, and prints as Markdown where what is deployed differs from the definitions.
--skip-synth plans what was synthesized last; other options are those of terraform plan.
Exit code: 0 nothing differs; 2 something does; 1 a stack could not be planned.

Example:
  npm run --silent drift -- server-partner`;

/** Plans every stack, or those that are named, and prints as Markdown where what is deployed differs. */
async function drift(args: readonly string[]): Promise<number> {
  const { names, options } = stackArguments(args);
  if (isQuestion(options)) {
    console.log(HELP);
    return EXIT.ok;
  }
  const settings = await loadSettings();
  const synthesized = await synth(options, { stdout: "stderr" });
  if (synthesized !== EXIT.ok) {
    return synthesized === EXIT.interrupted ? synthesized : EXIT.failed;
  }
  const stacks = stacksToPlan(await synthesizedStacks(), names);
  await expectShared(stacks, settings);
  const plans: StackPlan[] = [];
  for (const stack of stacks) {
    console.error(`Planning ${stack}`);
    const { code, stdout, stderr } = await plan(stackFolder(stack), withoutSkipSynth(options));
    if (code === EXIT.interrupted) {
      return code;
    }
    const result = code === EXIT.ok ? "same" : code === CHANGES ? "differs" : "failed";
    plans.push({ stack, result, printed: stdout + stderr });
  }
  console.log(driftReport(plans, (printed) => terraformAdvice(printed, settings.terraformCloud)));
  const results = plans.map(({ result }) => result);
  return results.includes("failed") ? EXIT.failed : results.includes("differs") ? CHANGES : EXIT.ok;
}

async function plan(folder: string, options: readonly string[]): Promise<Ended> {
  const init = await runTerraform(folder, "init", "-input=false", "-no-color");
  return init.code === EXIT.ok
    ? runTerraform(folder, "plan", "-detailed-exitcode", "-input=false", "-no-color", ...options)
    : init;
}

endWith(drift(process.argv.slice(2)), "docs/operations.md, Drift", EXIT.failed);
