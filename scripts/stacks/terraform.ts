import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { errorCode } from "../../config/error-code";
import { UserError } from "../../local/errors/user-error";
import { endOf } from "./child";
import { withoutTelemetry } from "./no-telemetry";

export interface Ended {
  readonly code: number;
  /** What it printed: its result. */
  readonly stdout: string;
  /** What it printed: what went wrong. */
  readonly stderr: string;
}

/**
 * Runs Terraform without input, as the cdktf command would: under the same name, with the same cache of providers.
 * @param onLine receives each line of its result as it comes.
 * @throws UserError where there is no Terraform.
 */
export async function runTerraform(
  folder: string,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<Ended> {
  const program = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  const cache = process.env.TF_PLUGIN_CACHE_DIR ?? join(homedir(), ".terraform.d", "plugin-cache");
  mkdirSync(cache, { recursive: true });
  const child = spawn(program, [`-chdir=${folder}`, ...args], {
    env: { ...withoutTelemetry(process.env), TF_PLUGIN_CACHE_DIR: cache, TF_IN_AUTOMATION: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (onLine !== undefined) {
    createInterface({ input: child.stdout }).on("line", onLine);
  }
  try {
    const [code, stdout, stderr] = await Promise.all([endOf(child), text(child.stdout), text(child.stderr)]);
    return { code, stdout, stderr };
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      throw new UserError(`There is no ${program} on the PATH`, { next: "install Terraform, 1.6 or later" });
    }
    throw error;
  }
}
