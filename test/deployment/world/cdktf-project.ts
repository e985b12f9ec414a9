import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { runCommand } from "../../support/command";
import { copyProject, EVERY_COMMAND } from "../../support/project-copy";
import { type Terraform, terraformIn } from "../../support/terraform";
import { type Definition, writeDefinitions } from "./definitions";
import { Stacks } from "./stacks";

const cdktfJsonSchema = z.looseObject({ context: z.record(z.string(), z.unknown()) });

export const APPROVED = "--auto-approve";

export interface CdktfProjectOptions {
  readonly folder: string;
  /** Settings, as `context` of cdktf.json has them. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Beside this process's own variables, those of AWS left out. */
  readonly environment: Readonly<Record<string, string>>;
  /** Further blocks of Terraform's settings file. */
  readonly terraformSettings?: string;
  /** Ends commands that are under way. */
  readonly signal: AbortSignal;
}

/** A copy of this project with settings and definitions of its own, handled as the README says. */
export class CdktfProject {
  readonly folder: string;
  /** What the command has synthesized, for plain Terraform. */
  readonly stacks: Stacks;
  private readonly terraform: Terraform;
  private readonly signal: AbortSignal;

  constructor({ folder, context, environment, terraformSettings = "", signal }: CdktfProjectOptions) {
    this.folder = folder;
    this.signal = signal;
    copyProject(folder, EVERY_COMMAND);
    this.terraform = terraformIn({ dir: folder, environment, settings: terraformSettings, signal });
    this.stacks = new Stacks(this.terraform, join(folder, "cdktf.out"));
    this.set(context);
  }

  /** For programs that run here. */
  get environment(): NodeJS.ProcessEnv {
    return this.terraform.environment;
  }

  define(definitions: readonly Definition[]): void {
    writeDefinitions(join(this.folder, "servers"), definitions);
  }

  /**
   * Runs what a person types in the project's folder.
   * @returns what the commands print.
   * @throws Error with what they printed, where the exit code is not 0.
   */
  shell(commands: string): Promise<string> {
    return this.command("sh", ["-ec", commands]);
  }

  /** Runs one of the project's commands, as {@link shell} does. */
  npm(command: string, ...args: readonly string[]): Promise<string> {
    return this.command("npm", ["run", "--silent", command, "--", ...args]);
  }

  close(): Promise<void> {
    return this.terraform.close();
  }

  private command(program: string, args: readonly string[]): Promise<string> {
    return runCommand(program, args, { cwd: this.folder, env: this.environment, signal: this.signal });
  }

  private set(context: Readonly<Record<string, unknown>>): void {
    const file = join(this.folder, "cdktf.json");
    const json = cdktfJsonSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    writeFileSync(file, JSON.stringify({ ...json, context }));
  }
}
