import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { EXIT } from "../commands/exit-codes";

// Each of the programs that run at a time waits for the same signals.
process.setMaxListeners(0);

/** Waits for a program that shares the user's terminal. @returns its exit code, or that it was interrupted. */
export async function endOf(child: ChildProcess): Promise<number> {
  let isInterrupted = false;
  const passOn = () => {
    isInterrupted = true;
    child.kill("SIGTERM");
  };
  // A terminal's Ctrl-C reaches the program too, which ends in order.
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
