import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import type { Terraform } from "../../support/terraform";
import { type Changes, changesOf } from "./plan";

const outputSchema = z.record(z.string(), z.object({ value: z.unknown() }));

/** Synthesized stacks, as plain Terraform sees them. */
export class Stacks {
  private readonly terraform: Terraform;
  private readonly outdir: string;

  /** @param outdir CDKTF's output folder. */
  constructor(terraform: Terraform, outdir: string) {
    this.terraform = terraform;
    this.outdir = outdir;
  }

  /** A stack as it was synthesized. */
  text(stack: string): string {
    return readFileSync(join(this.folder(stack), "cdk.tf.json"), "utf8");
  }

  init(stack: string): Promise<void> {
    return this.terraform.init(this.folder(stack));
  }

  /**
   * @param target of which alone, and what it stands on, is applied.
   * @returns what Terraform says.
   */
  apply(stack: string, target?: string): Promise<string> {
    const only = target === undefined ? [] : [`-target=${target}`];
    return this.run(stack, "apply", "-auto-approve", "-input=false", "-no-color", ...only);
  }

  async destroy(stack: string): Promise<void> {
    await this.run(stack, "destroy", "-auto-approve", "-input=false", "-no-color");
  }

  /** @throws Error with the plan, unless it is empty. */
  async expectNoChanges(stack: string): Promise<void> {
    await this.run(stack, "plan", "-detailed-exitcode", "-input=false", "-no-color");
  }

  /** @returns the plan as JSON. Plans are made side by side, and change nothing: none takes the state's lock. */
  async planJson(stack: string, ...options: string[]): Promise<string> {
    await this.run(stack, "plan", "-lock=false", "-input=false", "-no-color", "-out=plan", ...options);
    return this.run(stack, "show", "-json", "plan");
  }

  /** Plans what definitions change: what is there is as the state has it. */
  async plan(stack: string): Promise<Changes> {
    return changesOf(await this.planJson(stack, "-refresh=false"));
  }

  async stateList(stack: string): Promise<string[]> {
    return (await this.run(stack, "state", "list")).split("\n").filter((address) => address !== "");
  }

  /** The values of a stack's outputs, by name. */
  async outputs(stack: string): Promise<Readonly<Record<string, unknown>>> {
    const outputs = outputSchema.parse(JSON.parse(await this.run(stack, "output", "-json")));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /**
   * Runs what a person types.
   * @param stack in whose folder; without it, in that of the project.
   * @returns what the commands print.
   */
  shell(commands: string, stack?: string): Promise<string> {
    return this.terraform.shell(stack === undefined ? dirname(this.outdir) : this.folder(stack), commands);
  }

  private run(stack: string, ...args: string[]): Promise<string> {
    return this.terraform.run(this.folder(stack), ...args);
  }

  private folder(stack: string): string {
    return join(this.outdir, "stacks", stack);
  }
}
