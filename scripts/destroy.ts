import { EXIT } from "./commands/exit-codes";
import { loadSettings } from "./commands/settings";
import { endWith, runCdktf } from "./stacks/cdktf";
import { cdktfDestroy, SECRETS_STAY } from "./stacks/stack-commands";

async function destroy(args: readonly string[]): Promise<number> {
  const { forceDestroy } = await loadSettings();
  const code = await runCdktf(cdktfDestroy(args, forceDestroy));
  if (code === EXIT.ok && !forceDestroy) {
    console.log(SECRETS_STAY);
  }
  return code;
}

endWith(destroy(process.argv.slice(2)), "npx cdktf destroy --help");
