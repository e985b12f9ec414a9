import { EXIT } from "../commands/exit-codes";
import { type CdktfOptions, runCdktf } from "./cdktf";

/** As the cdktf command names it: what was synthesized last is used. */
export const SKIP_SYNTH = "--skip-synth";

/** Synthesizes all stacks once, for commands that go through them one by one. @returns the command's exit code. */
export async function synth(options: readonly string[], how: CdktfOptions = {}): Promise<number> {
  return options.includes(SKIP_SYNTH) ? EXIT.ok : runCdktf(["synth"], how);
}
