import { EXIT } from "./commands/exit-codes";
import { loadSettings } from "./commands/settings";
import { isQuestion } from "./stacks/approval";
import { endWith, runCdktf } from "./stacks/cdktf";
import { synthesizedStacks } from "./stacks/manifest";
import { expectShared } from "./stacks/shared-stack";
import { stacksToPlan } from "./stacks/stack-commands";
import { stackArguments } from "./stacks/stack-names";
import { SKIP_SYNTH, synth, withoutSkipSynth } from "./stacks/synth";

/** Plans one stack after the other, the rest too where one cannot be planned. */
async function diff(args: readonly string[]): Promise<number> {
  const { names, options } = stackArguments(args);
  if (isQuestion(options)) {
    return runCdktf(["diff", ...options]);
  }
  const settings = await loadSettings();
  const synthesized = await synth(options);
  if (synthesized !== EXIT.ok) {
    return synthesized;
  }
  const stacks = stacksToPlan(await synthesizedStacks(), names);
  await expectShared(stacks, settings);
  const failed: string[] = [];
  for (const stack of stacks) {
    const code = await runCdktf(["diff", stack, SKIP_SYNTH, ...withoutSkipSynth(options)], {
      cloud: settings.terraformCloud,
    });
    if (code === EXIT.interrupted) {
      return code;
    }
    if (code !== EXIT.ok) {
      failed.push(stack);
    }
  }
  if (failed.length > 0) {
    console.error(`Could not be planned: ${failed.join(", ")}`);
  }
  return failed.length > 0 ? EXIT.failed : EXIT.ok;
}

endWith(diff(process.argv.slice(2)), "npx cdktf diff --help");
