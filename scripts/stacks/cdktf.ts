import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Settings } from "../../config/settings/settings";
import { EXIT } from "../commands/exit-codes";
import { describeFailure } from "../commands/failure";
import { ROOT } from "../commands/paths";
import { endOf } from "./child";
import { terraformAdvice } from "./terraform-advice";

export interface CdktfOptions {
  /** To find advice by, where the command fails. */
  readonly cloud?: Settings["terraformCloud"];
  /** Where the command prints its progress, if not on stdout. */
  readonly stdout?: "stderr";
}

/**
 * Runs the cdktf command in the project's root, at the user's terminal, and says what to do where it fails for a reason that is
 * known. @returns its exit code, or that it was interrupted.
 */
export async function runCdktf(args: readonly string[], { cloud, stdout }: CdktfOptions = {}): Promise<number> {
  const isWindows = process.platform === "win32";
  const all = ["cdktf", ...args];
  // The terminal is the command's: what it prints there can be read in its log only.
  const logs = await mkdtemp(join(tmpdir(), "sftp-sync-"));
  try {
    // Patterns are the command's to read, and no shell's; on Windows npx is a script for one.
    const child = spawn("npx", isWindows ? all.map((arg) => `"${arg}"`) : all, {
      cwd: ROOT,
      env: { CDKTF_LOG_FILE_DIRECTORY: logs, ...process.env },
      stdio: ["inherit", stdout === undefined ? "inherit" : process.stderr, "inherit"],
      shell: isWindows,
    });
    const code = await endOf(child);
    const advice = code === EXIT.ok ? undefined : terraformAdvice(await readLog(logs), cloud);
    if (advice !== undefined) {
      console.error(`\nNext: ${advice}`);
    }
    return code;
  } finally {
    await rm(logs, { recursive: true, force: true });
  }
}

/** Empty where the command wrote none: where it had no time, or the user wants it elsewhere. */
async function readLog(folder: string): Promise<string> {
  const file = join(folder, "cdktf.log");
  return existsSync(file) ? readFile(file, "utf8") : "";
}

/**
 * Ends this process with the work's exit code, or with what went wrong.
 * @param next what to try next where the error does not say it.
 * @param usage exit code for the user's mistakes.
 */
export function endWith(work: Promise<number>, next: string, usage: number = EXIT.usage): void {
  work.then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const { text, exitCode } = describeFailure(error, next);
      console.error(text);
      process.exitCode = exitCode === EXIT.usage ? usage : exitCode;
    },
  );
}
