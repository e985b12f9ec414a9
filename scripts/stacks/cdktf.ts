import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Settings } from "../../config/settings/settings";
import { EXIT } from "../commands/exit-codes";
import { describeFailure } from "../commands/failure";
import { ROOT } from "../commands/paths";
import { endOf } from "./child";

export interface CdktfOptions {
  /** Where the errors of a backend are explained. */
  readonly cloud?: Settings["terraformCloud"];
  /** Where the command prints its progress, if not on stdout. */
  readonly stdout?: "stderr";
}

/** The cdktf command; it is installed when it is first called. */
const COMMAND = join(ROOT, "tools", "cdktf", "cdktf.mjs");

/** Runs the cdktf command in the project's root, at the user's terminal. @returns its exit code, or that it was interrupted. */
export async function runCdktf(args: readonly string[], { cloud, stdout }: CdktfOptions = {}): Promise<number> {
  // No shell in between: patterns are the command's to read.
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: ROOT,
    stdio: ["inherit", stdout === undefined ? "inherit" : process.stderr, "inherit"],
  });
  const code = await endOf(child);
  if (cloud !== undefined && code !== EXIT.ok && code !== EXIT.interrupted) {
    // The terminal is the command's, and its log is not always written to the end: the error itself cannot be read here.
    console.error("\nErrors that do not say what to do are explained in docs/terraform-cloud.md, Errors.");
  }
  return code;
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
