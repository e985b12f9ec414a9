import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { runCommand } from "../../support/command";
import { copyProject, EVERY_COMMAND } from "../../support/project-copy";
import { type Terraform, terraformIn } from "../../support/terraform";
import { type Definition, writeDefinitions } from "./definitions";
import { CONTEXT, type ProjectOptions } from "./project";
import { Stacks } from "./stacks";

const cdktfJsonSchema = z.looseObject({ context: z.record(z.string(), z.unknown()) });

export const APPROVED = "--auto-approve";

/** Locking the provider for other platforms would ask its registry. */
export const SKIP_LOCK = "--skip-provider-lock";

/** A copy of this project with settings and definitions of its own, handled as the README says. */
export class CdktfProject {
  /** What the command has synthesized, for plain Terraform. */
  readonly stacks: Stacks;
  private readonly folder: string;
  private readonly terraform: Terraform;
  private readonly signal: AbortSignal;

  constructor({ folder, account, signal }: ProjectOptions) {
    this.folder = folder;
    this.signal = signal;
    copyProject(folder, EVERY_COMMAND);
    this.terraform = terraformIn({ dir: folder, environment: account.terraformEnvironment, signal });
    this.stacks = new Stacks(this.terraform, join(folder, "cdktf.out"));
    this.set({ ...CONTEXT, additionalTags: { Team: "data" } });
  }

  define(definitions: readonly Definition[]): void {
    writeDefinitions(join(this.folder, "servers"), definitions);
  }

  /**
   * Runs what a person types in the project's folder.
   * @returns what the commands print.
   */
  shell(commands: string): Promise<string> {
    return this.command("sh", ["-ec", commands]);
  }

  async destroy(stacks: string): Promise<void> {
    await this.command("npm", ["run", "--silent", "destroy", "--", stacks, APPROVED, SKIP_LOCK]);
  }

  close(): Promise<void> {
    return this.terraform.close();
  }

  private set(context: Readonly<Record<string, unknown>>): void {
    const file = join(this.folder, "cdktf.json");
    const json = cdktfJsonSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    writeFileSync(file, JSON.stringify({ ...json, context }));
  }

  private command(program: string, args: readonly string[]): Promise<string> {
    return runCommand(program, args, { cwd: this.folder, env: this.terraform.environment, signal: this.signal });
  }
}
