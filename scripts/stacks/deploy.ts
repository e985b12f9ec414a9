import { withPrivateFolder } from "../../local/privacy/private-folder";
import { COMMAND } from "../commands/command-line";
import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import { loadSettings } from "../commands/settings";
import { expectApproval } from "./approval";
import { Deployment } from "./deployment";
import { expectDefined, knownStacks } from "./known-stacks";
import type { StackOptions } from "./options";
import { outputsDocument } from "./outputs";
import { writeOutputsFile } from "./outputs-file";
import { expectShared } from "./shared-stack";

/**
 * Deploys stacks: plans them, has somebody approve of all plans at once, and applies exactly these.
 * @returns the exit code.
 * @throws UserError before anything is planned: a stack that is not defined, nobody to approve. @throws Interrupted
 */
export async function deploy(options: StackOptions): Promise<number> {
  await expectDefined(options);
  expectApproval(options, `${COMMAND} diff, and once its plans were reviewed the same command with --yes`);
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
    await writeOutputsFile(options.outputsFile, outputs, options.outputsFileIncludeSensitiveOutputs);
  }
  return code;
}
