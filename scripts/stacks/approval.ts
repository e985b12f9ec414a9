import { UserError } from "../../local/errors/user-error";
import { askAtTerminal } from "../commands/terminal-question";
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
 * Asks at the terminal; its end is a no.
 * @returns whether the answer is yes.
 * @throws Interrupted
 */
export async function isApproved(question: string, signal: AbortSignal): Promise<boolean> {
  return (await askAtTerminal(`${question}\nOnly yes is taken for an approval: `, signal)).trim() === "yes";
}
