import { inParallel } from "../../config/in-parallel";
import type { Settings } from "../../config/settings/settings";
import { withoutCiCommands } from "../../contract/ci-commands";
import { printable } from "../../contract/printable";
import { stackOutputs } from "./state";

/** The values of outputs by name, by stack. */
export type OutputsDocument = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Reading a state takes a moment of Terraform, and no provider. */
const AT_A_TIME = 4;

/** Reads the outputs of stacks. @param withSensitive whether those are among them that Terraform would not show. */
export async function outputsDocument(
  stacks: readonly string[],
  cloud: Settings["terraformCloud"],
  withSensitive: boolean,
): Promise<OutputsDocument> {
  const outputs = await inParallel(stacks, AT_A_TIME, async (stack) => {
    const shown = Object.entries(await stackOutputs(stack, cloud)).filter(
      ([, { sensitive }]) => withSensitive || !sensitive,
    );
    return [stack, Object.fromEntries(shown.map(([name, { value }]) => [name, value]))] as const;
  });
  return Object.fromEntries(outputs);
}

/** The same for people. */
export function outputsText(document: OutputsDocument): string {
  return Object.entries(document)
    .map(([stack, outputs]) => {
      const lines = Object.entries(outputs).map(([name, value]) => `  ${name} = ${shown(value)}`);
      return [stack, ...(lines.length === 0 ? ["  (no outputs: it is not deployed)"] : lines)].join("\n");
    })
    .join("\n\n");
}

const shown = (value: unknown): string =>
  withoutCiCommands(printable(typeof value === "string" ? value : JSON.stringify(value)));
