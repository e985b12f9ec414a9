import { createInterface } from "node:readline/promises";
import { UserError } from "../../local/errors/user-error";
import { Interrupted } from "../../local/runner/interrupted";
import type { StackOptions } from "./options";

/**
 * Whoever approves of plans has to be there.
 * @param next what to do instead.
 * @throws UserError before anything is planned.
 */
export function expectApproval({ autoApprove }: Pick<StackOptions, "autoApprove">, next: string): void {
  if (!process.stdin.isTTY && !autoApprove) {
    throw new UserError("There is no terminal here at which somebody could approve of the plans", { next });
  }
}

/**
 * Asks at the terminal. Ctrl-C ends the command, and the terminal's end is a no.
 * @returns whether the answer is yes.
 * @throws Interrupted
 */
export async function isApproved(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const interrupted = new AbortController();
  terminal.on("SIGINT", () => interrupted.abort());
  const closed = new Promise<string>((resolve) => {
    terminal.on("close", () => resolve(""));
  });
  try {
    const answered = terminal.question(`${question}\nOnly yes is taken for an approval: `, {
      signal: AbortSignal.any([signal, interrupted.signal]),
    });
    return (await Promise.race([answered, closed])).trim() === "yes";
  } catch (cause) {
    throw signal.aborted || interrupted.signal.aborted ? new Interrupted() : cause;
  } finally {
    terminal.close();
  }
}
