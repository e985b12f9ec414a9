import { withPrivateFolder } from "../local/privacy/private-folder";
import { endWith } from "./commands/end-with";
import { EXIT } from "./commands/exit-codes";
import { interruptionSignal } from "./commands/interruption";
import { loadSettings } from "./commands/settings";
import { expectApproval } from "./stacks/approval";
import { expectDefined, knownStacks } from "./stacks/known-stacks";
import { StackCommand } from "./stacks/options";
import { expectDestroyable, Removal, SECRETS_STAY } from "./stacks/removal";

const COMMAND = new StackCommand(
  "destroy",
  "Destroys the stacks that are named, while their definitions are there: servers first, then the shared stack.",
  { examples: ["npm run destroy -- server-partner", "npm run destroy -- '*'"], none: "'*' for all" },
)
  .plans()
  .applies();

async function destroy(args: readonly string[]): Promise<number> {
  const options = COMMAND.read(args);
  const settings = await loadSettings();
  expectDestroyable(options.names, settings);
  await expectDefined(options);
  expectApproval(options, "the same command with --auto-approve, when it is certain that these stacks are to go");
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

endWith(destroy(process.argv.slice(2)), "npm run destroy -- --help");
