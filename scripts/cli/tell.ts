import { printable } from "../../contract/printable";
import { EXIT } from "../commands/exit-codes";
import { describeFailure } from "../commands/failure";
import { wrapped } from "../terminal/wrap";
import { printJson } from "./print";

export interface Telling {
  /** What to try next where the error does not say it. */
  readonly next: string;
  /** Whether the command prints JSON, and has printed none. */
  readonly json: boolean;
  /** Exit code for the user's mistakes, where it is not the usual one. */
  readonly usageExitCode?: number | undefined;
}

/**
 * Says an error on stderr, and where JSON was asked for on stdout as well: `{version, error: {message, next?}}`.
 * @returns the exit code that belongs to it.
 */
export function tell(failure: unknown, { next, json, usageExitCode = EXIT.usage }: Telling): number {
  const { text, exitCode, error } = describeFailure(failure, next);
  if (text !== "") {
    // Whoever has thrown it may have put texts of others into it.
    const shown = text.replace(/[^\n\t]+/g, printable);
    process.stderr.write(`${wrapped(shown, process.stderr)}\n`);
  }
  if (json && error !== undefined) {
    printJson({ error });
  }
  return exitCode === EXIT.usage ? usageExitCode : exitCode;
}
