import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const PLUGINS = "tf-plugins";

/** Terraform as the tests use it: with providers from a folder, and without asking anybody anything. */
export interface Terraform {
  /** @returns what the command printed. */
  run(folder: string, ...args: string[]): string;
  init(folder: string): void;
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
  const onPath = (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, "terraform")));
  if (!onPath) {
    return "terraform is not on the PATH";
  }
  return pluginDir() === undefined ? "no folder with Terraform's providers: set TF_PLUGIN_DIR" : undefined;
}

/** @param dir for Terraform's settings file, which is empty: the machine's own must not change the outcome. */
export function terraformIn(dir: string): Terraform {
  const configFile = join(dir, "empty.tfrc");
  writeFileSync(configFile, "");
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: configFile, TF_IN_AUTOMATION: "1" };
  const run = (folder: string, ...args: string[]) =>
    execFileSync("terraform", [`-chdir=${folder}`, ...args], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  return {
    run,
    init: (folder) => {
      run(folder, "init", "-input=false", "-no-color", `-plugin-dir=${pluginDir()}`);
    },
  };
}
