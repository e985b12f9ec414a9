import { EXIT } from "./commands/exit-codes";
import { loadSettings } from "./commands/settings";
import { expectApproval, isQuestion } from "./stacks/approval";
import { endWith, runCdktf } from "./stacks/cdktf";
import { stackFolder } from "./stacks/manifest";
import { reportMissing } from "./stacks/outcome";
import { cdktfDestroy, SECRETS_STAY } from "./stacks/stack-commands";
import { stackArguments } from "./stacks/stack-names";
import { isDeployed } from "./stacks/state";

async function destroy(args: readonly string[]): Promise<number> {
  const { names, options } = stackArguments(args);
  if (isQuestion(options)) {
    return runCdktf(["destroy", ...options]);
  }
  const { forceDestroy, terraformCloud } = await loadSettings();
  const command = cdktfDestroy(args, forceDestroy);
  expectApproval(options, "the same command with --auto-approve, when it is certain that these stacks are to go");
  const code = await runCdktf(command, { cloud: terraformCloud });
  const isDestroyed = async (stack: string) => !(await isDeployed(stackFolder(stack), terraformCloud));
  const ended = await reportMissing(code, names, "Not destroyed", isDestroyed);
  if (ended === EXIT.ok && !forceDestroy) {
    console.log(SECRETS_STAY);
  }
  return ended;
}

endWith(destroy(process.argv.slice(2)), "npx cdktf destroy --help");
