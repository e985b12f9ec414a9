import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import * as z from "zod";
import { errorCode } from "../../config/error-code";
import { outputFolder } from "../../config/installation/installation";
import { UserError } from "../../local/errors/user-error";
import { environmentName } from "../commands/environment";
import { ROOT } from "../commands/paths";
import { STACK_FILE } from "./read-by-terraform.mjs";
import { SHARED } from "./stack-names";

/** Where the stacks are synthesized, of the environment that this command works on. */
export const outdir = (): string => join(ROOT, outputFolder(environmentName()));

const manifestSchema = z.object({ stacks: z.record(z.string(), z.unknown()) });

/**
 * The stacks that were synthesized last, in the order in which they are deployed.
 * @throws UserError where none were.
 */
export async function synthesizedStacks(): Promise<string[]> {
  const text = await readSynthesized(join(outdir(), "manifest.json"));
  const { stacks } = manifestSchema.parse(JSON.parse(text));
  return [SHARED, ...Object.keys(stacks).filter((stack) => stack !== SHARED)];
}

/** The folder of a stack, for Terraform. */
export function stackFolder(stack: string): string {
  return join(outdir(), "stacks", stack);
}

/** A stack as it was synthesized: Terraform's JSON. */
export function stackFile(stack: string): string {
  return join(stackFolder(stack), STACK_FILE);
}

/** Reads a file that the synthesis writes. @throws UserError where it has not. */
export async function readSynthesized(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw errorCode(cause) === "ENOENT"
      ? new UserError(`Nothing is synthesized yet: there is no ${relative(ROOT, file)}`, {
          next: "npm run synth",
          cause,
        })
      : cause;
  }
}
