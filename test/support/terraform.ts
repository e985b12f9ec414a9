import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { AttachedProviders } from "./attached-providers";
import { runCommand } from "./command";
import { isOnPath } from "./on-path";

const PLUGINS = "tf-plugins";

/** Terraform as the tests use it: with providers from a folder, and without asking anybody anything. */
export interface Terraform {
  /** For programs that call Terraform themselves. */
  readonly environment: NodeJS.ProcessEnv;
  /**
   * @returns what the command printed.
   * @throws Error with the end of what it printed, where its exit code is not 0.
   */
  run(folder: string, ...args: string[]): Promise<string>;
  init(folder: string): Promise<void>;
  /** Runs commands in a shell, as {@link run} does one; what asks for approval has it. */
  shell(folder: string, commands: string): Promise<string>;
  /** Ends what stays between commands. */
  close(): Promise<void>;
}

export interface TerraformOptions {
  /** Receives Terraform's settings file: the machine's own must not change the outcome. */
  readonly dir: string;
  /** The environment that {@link environment} is added to, those of AWS left out: by default this process's own. */
  readonly base?: NodeJS.ProcessEnv;
  readonly environment?: Readonly<Record<string, string>>;
  /** Further blocks of the settings file. */
  readonly settings?: string;
  /** Ends commands that are under way. */
  readonly signal?: AbortSignal;
}

/** A folder with Terraform's providers: TF_PLUGIN_DIR, else a folder tf-plugins at most two levels below the root. */
function pluginDir(): string | undefined {
  if (process.env.TF_PLUGIN_DIR !== undefined) {
    return process.env.TF_PLUGIN_DIR;
  }
  const roots = readdirSync("/", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const candidates = ["/", ...roots.map(({ name }) => join("/", name))].map((folder) => join(folder, PLUGINS));
  return candidates.find((folder) => existsSync(folder));
}

/** Why Terraform cannot be used here, and what would help; nothing where it can. */
export function terraformObstacle(): string | undefined {
  if (!isOnPath("terraform")) {
    return "terraform is not on the PATH";
  }
  return pluginDir() === undefined
    ? "no folder with Terraform's providers: fill one with `terraform providers mirror` and set TF_PLUGIN_DIR"
    : undefined;
}

/** What Terraform says of an error, without the box and the line breaks that it draws around it. */
export function unwrapped(text: string): string {
  return text.replaceAll(/[\s│]+/g, " ");
}

export function terraformIn(options: TerraformOptions): Terraform {
  const { dir, base = process.env, environment: extra = {}, settings = "", signal } = options;
  const configFile = join(dir, "terraform.tfrc");
  const mirror = JSON.stringify(pluginDir() ?? dir);
  const installation = `provider_installation {\n  filesystem_mirror {\n    path = ${mirror}\n  }\n}\n`;
  writeFileSync(configFile, installation + settings);
  const own = Object.entries(base).filter(([name]) => !name.startsWith("AWS_"));
  const environment: NodeJS.ProcessEnv = {
    ...Object.fromEntries(own),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    CHECKPOINT_DISABLE: "1",
    TF_CLI_CONFIG_FILE: configFile,
    TF_IN_AUTOMATION: "1",
    ...extra,
  };
  const providers = new AttachedProviders({ ...environment, TMPDIR: dir });
  const run = async (folder: string, ...args: string[]) => {
    const env = { ...environment, ...(await providers.variables(folder, args[0])) };
    return runCommand("terraform", [`-chdir=${folder}`, ...args], { env, signal });
  };
  return {
    environment,
    run,
    init: async (folder) => {
      await run(folder, "init", "-input=false", "-no-color");
    },
    shell: async (cwd, commands) => {
      const approved = { TF_CLI_ARGS_apply: "-auto-approve", TF_INPUT: "0" };
      const env = { ...environment, ...approved, ...(await providers.variables(cwd, "apply")) };
      return runCommand("sh", ["-ec", commands], { cwd, env, signal });
    },
    close: () => providers.close(),
  };
}
