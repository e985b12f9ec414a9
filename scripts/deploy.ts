import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { withPrivateFolder } from "../local/privacy/private-folder";
import { endWith } from "./commands/end-with";
import { EXIT } from "./commands/exit-codes";
import { interruptionSignal } from "./commands/interruption";
import { ROOT } from "./commands/paths";
import { loadSettings } from "./commands/settings";
import { expectApproval } from "./stacks/approval";
import { Deployment } from "./stacks/deployment";
import { expectDefined, knownStacks } from "./stacks/known-stacks";
import { StackCommand } from "./stacks/options";
import { outputsDocument } from "./stacks/outputs";
import { expectShared } from "./stacks/shared-stack";

const COMMAND = new StackCommand(
  "deploy",
  "Plans every stack, or those that are named, shows what the plans come to, and applies them once somebody has approved.",
  {
    examples: [
      "npm run deploy -- shared",
      "npm run deploy -- server-partner",
      "npm run deploy -- 'server-*' --auto-approve",
    ],
  },
)
  .plans()
  .applies()
  .deploys();

async function deploy(args: readonly string[]): Promise<number> {
  const options = COMMAND.read(args);
  await expectDefined(options);
  expectApproval(options, "npm run diff, and when its plans were reviewed the same command with --auto-approve");
  const signal = interruptionSignal();
  const settings = await loadSettings();
  const known = await knownStacks(options);
  if ("code" in known) {
    return known.code;
  }
  const { stacks } = known;
  await expectShared(stacks, settings);
  const code = await withPrivateFolder((folder) => new Deployment({ options, settings, folder, signal }).run(stacks));
  if (code === EXIT.ok && options.outputsFile !== undefined) {
    const outputs = await outputsDocument(stacks, settings.terraformCloud, options.outputsFileIncludeSensitiveOutputs);
    await writeFile(resolve(ROOT, options.outputsFile), `${JSON.stringify(outputs, null, 2)}\n`);
  }
  return code;
}

endWith(deploy(process.argv.slice(2)), "npm run deploy -- --help");
