import { withPrivateFolder } from "../../local/privacy/private-folder";
import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import { loadSettings } from "../commands/settings";
import { expectApproval } from "./approval";
import { expectDefined, knownStacks } from "./known-stacks";
import type { StackOptions } from "./options";
import { expectDestroyable, Removal, SECRETS_STAY } from "./removal";

/**
 * Destroys the stacks that are named, servers first, once somebody has approved of the plans.
 * @returns the exit code.
 * @throws UserError before anything is planned: no stack is named, or one that others need. @throws Interrupted
 */
export async function destroy(options: StackOptions): Promise<number> {
  const settings = await loadSettings();
  expectDestroyable(options.names, settings);
  await expectDefined(options);
  expectApproval(options, "the same command with --yes, when it is certain that these stacks are to go");
  const signal = interruptionSignal();
  const known = await knownStacks(options);
  if ("code" in known) {
    return known.code;
  }
  const code = await withPrivateFolder((folder) => new Removal({ options, settings, folder, signal }).run(known));
  if (code === EXIT.ok && !settings.forceDestroy) {
    console.log(SECRETS_STAY);
  }
  return code;
}
