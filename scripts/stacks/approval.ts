import { UserError } from "../../local/errors/user-error";

/** Spellings that the cdktf command takes. */
const APPROVED = /^--auto-?approve(=true)?$/i;

const QUESTIONS: readonly string[] = ["--help", "-h", "--version"];

/** Whether the cdktf command is only to print something of itself. @param options the command's. */
export const isQuestion = (options: readonly string[]): boolean => options.some((option) => QUESTIONS.includes(option));

/**
 * The cdktf command breaks off where it would ask for approval and there is no terminal. In Terraform Cloud the run would go on
 * waiting for somebody, and every later one behind it.
 * @param options the command's.
 * @param next what to do instead.
 * @throws UserError before anything is planned.
 */
export function expectApproval(options: readonly string[], next: string, isTerminal = process.stdin.isTTY): void {
  if (!isTerminal && !options.some((option) => APPROVED.test(option))) {
    throw new UserError("There is no terminal here at which somebody could approve of the plans", { next });
  }
}
