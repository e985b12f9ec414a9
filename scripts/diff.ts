import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { EXIT } from "./commands/exit-codes";
import { ROOT } from "./commands/paths";
import { endWith, runCdktf, SHARED, stackArguments } from "./stacks/cdktf";
import { stacksToPlan } from "./stacks/stack-commands";

const manifestSchema = z.object({ stacks: z.record(z.string(), z.unknown()) });

/** Plans one stack after the other, the rest too where one cannot be planned. */
async function diff(args: readonly string[]): Promise<number> {
  const { names, options } = stackArguments(args);
  const synthesized = await runCdktf(["synth"]);
  if (synthesized !== EXIT.ok) {
    return synthesized;
  }
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(ROOT, "cdktf.out", "manifest.json"), "utf8")));
  const servers = Object.keys(manifest.stacks).filter((stack) => stack !== SHARED);
  const failed: string[] = [];
  for (const stack of stacksToPlan([SHARED, ...servers], names)) {
    const code = await runCdktf(["diff", stack, "--skip-synth", ...options]);
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
