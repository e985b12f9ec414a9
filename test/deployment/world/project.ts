import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { loadDefinitions } from "../../../config/load-definitions";
import { formatProblem } from "../../../config/problems/problem";
import { parseSettings, type Settings } from "../../../config/settings/settings";
import { synthStacks } from "../../../stacks/app";
import { FUNCTIONS_DIR } from "../../end-to-end/world";
import { type Terraform, terraformIn } from "../../support/terraform";
import { REGION } from "./clients";
import { type Definition, writeDefinitions } from "./definitions";
import type { EmulatedAccount } from "./emulated-account";
import { Stacks } from "./stacks";

/** Settings of the tests' installations, as `context` of cdktf.json has them. */
export const CONTEXT = {
  region: REGION,
  notificationEmails: ["ops@example.com"],
  forceDestroy: true,
  // Rounds follow each other quickly, and a listing whose failure is not told of ends the run while a test still waits.
  timeouts: { maxWait: 1, listing: 300 },
};

export interface ProjectOptions {
  readonly folder: string;
  readonly account: EmulatedAccount;
  /** Ends commands that are under way. */
  readonly signal: AbortSignal;
}

/** A project whose stacks are synthesized here and deployed with plain Terraform. */
export class Project {
  /** Definitions, synthesized stacks, plans, state files. */
  readonly folder: string;
  readonly stacks: Stacks;
  private readonly terraform: Terraform;
  private readonly settings = settingsOf(CONTEXT);

  constructor({ folder, account, signal }: ProjectOptions) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
    this.terraform = terraformIn({ dir: folder, environment: account.terraformEnvironment, signal });
    this.stacks = this.stacksIn("cdktf.out");
  }

  /** Synthesizes these definitions, all there are, as those that are deployed next. */
  async synth(definitions: readonly Definition[]): Promise<void> {
    await this.synthInto("cdktf.out", definitions);
  }

  /**
   * Synthesizes other definitions beside those that are deployed, to see what Terraform would make of them.
   * @param name of the variant: its output folder. State files lie beside the output folders, so that all share them.
   * @param context settings that differ from the project's.
   */
  async variant(name: string, definitions: readonly Definition[], context: object = {}): Promise<Stacks> {
    await this.synthInto(name, definitions, settingsOf({ ...CONTEXT, ...context }));
    return this.stacksIn(name);
  }

  close(): Promise<void> {
    return this.terraform.close();
  }

  private async synthInto(outdir: string, definitions: readonly Definition[], settings = this.settings): Promise<void> {
    const servers = join(this.folder, `servers-${outdir}`);
    writeDefinitions(servers, definitions);
    const loaded = await loadDefinitions(servers);
    if (loaded.problems.length > 0) {
      throw new Error(loaded.problems.map(formatProblem).join("\n"));
    }
    synthStacks({
      settings,
      definitions: loaded.definitions,
      functionsDir: FUNCTIONS_DIR,
      outdir: join(this.folder, outdir),
    });
  }

  private stacksIn(outdir: string): Stacks {
    return new Stacks(this.terraform, join(this.folder, outdir));
  }
}

function settingsOf(context: object): Settings {
  const { settings, problems } = parseSettings(context);
  if (settings === undefined) {
    throw new Error(problems.map(formatProblem).join("\n"));
  }
  return settings;
}
