import { existsSync } from "node:fs";
import { printableJson } from "../../contract/printable";
import { EXIT } from "../commands/exit-codes";
import { loadSettings } from "../commands/settings";
import { expectDefined, knownStacks } from "./known-stacks";
import { stackFile } from "./manifest";
import type { StackOptions } from "./options";
import { outputsDocument, outputsText } from "./outputs";
import { SHARED } from "./stack-names";

/** Prints the outputs of stacks as they were deployed last. @returns the exit code. @throws UserError */
export async function output({ names, json }: StackOptions): Promise<number> {
  const { terraformCloud } = await loadSettings();
  // Where the states are is known once anything was synthesized.
  const isSynthesized = existsSync(stackFile(SHARED));
  const wanted = { names, skipSynth: isSynthesized };
  await expectDefined(wanted);
  const known = await knownStacks(wanted, { stdout: "stderr" });
  if ("code" in known) {
    return known.code;
  }
  const outputs = await outputsDocument(known.stacks, terraformCloud, false);
  console.log(json ? printableJson(outputs) : outputsText(outputs));
  return EXIT.ok;
}
