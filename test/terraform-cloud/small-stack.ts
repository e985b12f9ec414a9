import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../support/command";
import { CLOUD, type CloudWorld } from "./world";

export interface SmallStackOptions {
  /** Of its workspace, without the prefix. */
  readonly name: string;
  /** `terraform` of the configuration; by default the workspace of its name. */
  readonly terraform?: object;
  /** Variables that differ from those of the user's machine; undefined for those that are missing. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** A stack for what is Terraform's own behaviour: its one resource needs no provider. */
export class SmallStack {
  readonly folder: string;

  constructor(
    private readonly world: CloudWorld,
    private readonly options: SmallStackOptions,
  ) {
    this.folder = join(world.folder, "small", options.name);
    this.write(options.terraform ?? cloudBlock(options.name));
  }

  write(terraform: object): void {
    mkdirSync(this.folder, { recursive: true });
    const resource = { terraform_data: { region: { input: "eu-central-1" } } };
    writeFileSync(join(this.folder, "cdk.tf.json"), JSON.stringify({ terraform, resource }));
  }

  /** @returns what Terraform printed. @throws Error with what it printed, where its exit code is not 0. */
  run(...args: string[]): Promise<string> {
    const env = { ...this.world.project.environment, ...this.options.environment };
    return runCommand("terraform", args, { cwd: this.folder, env, signal: this.world.signal });
  }

  /** Installs nothing, and creates the workspace where there is none. */
  async init(): Promise<void> {
    await this.run("init", "-input=false", "-no-color");
  }

  apply(): Promise<string> {
    return this.run("apply", "-auto-approve", "-input=false", "-no-color");
  }
}

/** As the stacks have it. */
export function cloudBlock(name: string, changes: object = {}): object {
  const { organization, project, workspacePrefix } = CLOUD;
  return { cloud: { organization, workspaces: { name: workspacePrefix + name, project }, ...changes } };
}
