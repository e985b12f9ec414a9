import { existsSync } from "node:fs";
import { endWith } from "./commands/end-with";
import { EXIT } from "./commands/exit-codes";
import { loadSettings } from "./commands/settings";
import { expectDefined, knownStacks } from "./stacks/known-stacks";
import { stackFile } from "./stacks/manifest";
import { StackCommand } from "./stacks/options";
import { outputsDocument, outputsText } from "./stacks/outputs";
import { SHARED } from "./stacks/stack-names";

const COMMAND = new StackCommand(
  "output",
  "Shows the outputs of every stack, or of those that are named, as they were deployed last. Sensitive ones are left out.",
  { examples: ["npm run output -- server-partner", "npm run --silent output -- server-partner --json"] },
).printsJson();

async function output(args: readonly string[]): Promise<number> {
  const { names, json } = COMMAND.read(args);
  const { terraformCloud } = await loadSettings();
  // Where the states are is known once anything was synthesized.
  const isSynthesized = existsSync(stackFile(SHARED));
  const wanted = { names, skipSynth: isSynthesized };
  await expectDefined(wanted);
  const known = await knownStacks(wanted, { stdout: "stderr" });
  if ("code" in known) {
    return known.code;
  }
  const outputs = await outputsDocument(known.stacks, terraformCloud, false);
  console.log(json ? JSON.stringify(outputs, null, 2) : outputsText(outputs));
  return EXIT.ok;
}

endWith(output(process.argv.slice(2)), "npm run output -- --help");
