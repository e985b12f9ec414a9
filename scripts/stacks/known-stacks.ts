import { join, relative } from "node:path";
import { deployedTo } from "../../config/installation/installation";
import { loadDefinitions } from "../../config/load-definitions";
import { hasErrors } from "../../config/problems/problem";
import { serverStackId } from "../../stacks/naming/names";
import { EXIT } from "../commands/exit-codes";
import { ROOT } from "../commands/paths";
import { readSettingsFile } from "../commands/settings";
import { refuseForeignFiles } from "./foreign-files";
import { synthesizedStacks } from "./manifest";
import type { StackOptions } from "./options";
import { SHARED, selectStacks } from "./stack-names";
import { refuseStrangersIn } from "./strangers-in-stacks";
import { SKIP_SYNTH, type SynthOptions, synth } from "./synth";

/** Stacks to work on, or the exit code of a synthesis that failed. */
export type Known = { readonly stacks: readonly string[]; readonly all: readonly string[] } | { readonly code: number };

/**
 * Synthesizes all stacks, unless what was synthesized last is to be used.
 * @throws UserError for a name or pattern that no stack has, for a folder in which Terraform would read what is not
 *   from here, and for one that others can change.
 */
export async function knownStacks(
  { names, skipSynth }: Pick<StackOptions, "names" | "skipSynth">,
  how?: Pick<SynthOptions, "stdout">,
): Promise<Known> {
  const code = await synth(skipSynth ? [SKIP_SYNTH] : [], how);
  if (code !== EXIT.ok) {
    return { code };
  }
  const all = await synthesizedStacks();
  const stacks = selectStacks(all, names);
  await refuseStrangersIn(stacks);
  await refuseForeignFiles(stacks);
  return { stacks, all };
}

/**
 * Tells names that no definition has, before anything is asked or synthesized. What is wrong in definitions is told by the synthesis.
 * @throws UserError for a name or pattern that no stack has.
 */
export async function expectDefined({ names, skipSynth }: Pick<StackOptions, "names" | "skipSynth">): Promise<void> {
  if (skipSynth || names.length === 0) {
    return;
  }
  const { definitions, problems } = await loadDefinitions(relative(process.cwd(), join(ROOT, "servers")));
  if (!hasErrors(problems)) {
    const { environment } = await readSettingsFile();
    const deployed = deployedTo(environment, definitions);
    selectStacks([SHARED, ...deployed.definitions.map(({ name }) => serverStackId(name))], names);
  }
}
