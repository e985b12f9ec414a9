import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { ROOT } from "../commands/paths";
import { SHARED } from "./stack-names";

const OUTDIR = join(ROOT, "cdktf.out");

const manifestSchema = z.object({ stacks: z.record(z.string(), z.unknown()) });

/** The stacks that were synthesized last, in the order in which they are deployed. */
export async function synthesizedStacks(): Promise<string[]> {
  const { stacks } = manifestSchema.parse(JSON.parse(await readFile(join(OUTDIR, "manifest.json"), "utf8")));
  return [SHARED, ...Object.keys(stacks).filter((stack) => stack !== SHARED)];
}

/** The folder of a stack, for Terraform. */
export function stackFolder(stack: string): string {
  return join(OUTDIR, "stacks", stack);
}
