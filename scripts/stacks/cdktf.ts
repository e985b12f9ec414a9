import { spawn } from "node:child_process";
import { once } from "node:events";
import picomatch from "picomatch";
import { EXIT } from "../commands/exit-codes";
import { describeFailure } from "../commands/failure";
import { ROOT } from "../commands/paths";

export const SHARED = "shared";
export const ALL = "*";

export interface StackArguments {
  /** Names of stacks, or patterns for them. */
  readonly names: readonly string[];
  /** The cdktf command's own. */
  readonly options: readonly string[];
}

/** Names come first, as all that is no option. */
export function stackArguments(args: readonly string[]): StackArguments {
  const firstOption = args.findIndex((arg) => arg.startsWith("-"));
  return firstOption === -1
    ? { names: args, options: [] }
    : { names: args.slice(0, firstOption), options: args.slice(firstOption) };
}

/** Whether a stack is among those that are named, as the cdktf command reads patterns. */
export function isNamed(stack: string, names: readonly string[]): boolean {
  return names.some((name) => picomatch(name)(stack));
}

/** Runs the cdktf command in the project's root, at the user's terminal. @returns its exit code, or that it was interrupted. */
export async function runCdktf(args: readonly string[]): Promise<number> {
  const isWindows = process.platform === "win32";
  const all = ["cdktf", ...args];
  // Patterns are the command's to read, and no shell's; on Windows npx is a script for one.
  const child = spawn("npx", isWindows ? all.map((arg) => `"${arg}"`) : all, {
    cwd: ROOT,
    stdio: "inherit",
    shell: isWindows,
  });
  let isInterrupted = false;
  const passOn = () => {
    isInterrupted = true;
    child.kill("SIGTERM");
  };
  // A terminal's Ctrl-C reaches the command too, which ends in order.
  const wait = () => {
    isInterrupted = true;
  };
  process.on("SIGTERM", passOn).on("SIGINT", wait);
  try {
    await once(child, "close");
    return isInterrupted ? EXIT.interrupted : (child.exitCode ?? EXIT.interrupted);
  } finally {
    process.off("SIGTERM", passOn).off("SIGINT", wait);
  }
}

/** Ends this process with the work's exit code, or with what went wrong. @param next what to try where the error does not say it. */
export function endWith(work: Promise<number>, next: string): void {
  work.then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const { text, exitCode } = describeFailure(error, next);
      console.error(text);
      process.exitCode = exitCode;
    },
  );
}
