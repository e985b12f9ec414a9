import { EXIT } from "./commands/exit-codes";
import { loadSettings } from "./commands/settings";
import { endWith, runCdktf } from "./stacks/cdktf";
import { cdktfDestroy } from "./stacks/stack-commands";

async function destroy(args: readonly string[]): Promise<number> {
  let command: readonly string[];
  try {
    command = cdktfDestroy(args, (await loadSettings()).forceDestroy);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return EXIT.usage;
  }
  return runCdktf(command);
}

endWith(destroy(process.argv.slice(2)));
