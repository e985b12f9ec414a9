import { loadSettings } from "./commands/settings";
import { endWith, runCdktf } from "./stacks/cdktf";
import { cdktfDestroy } from "./stacks/stack-commands";

async function destroy(args: readonly string[]): Promise<number> {
  const { forceDestroy } = await loadSettings();
  return runCdktf(cdktfDestroy(args, forceDestroy));
}

endWith(destroy(process.argv.slice(2)), "npx cdktf destroy --help");
