import { CommanderError } from "commander";
import { StorageFailure } from "../../local/errors/storage-failure";
import { UserError } from "../../local/errors/user-error";
import { Interrupted } from "../../local/runner/interrupted";
import { EXIT } from "./exit-codes";

export interface Failure {
  /** For stderr; empty where everything has been said. */
  readonly text: string;
  readonly exitCode: number;
}

/**
 * What to say of an error, and how the process ends. Only a mistake in this program shows its stack.
 * @param next what to try next where the error does not say it.
 */
export function describeFailure(error: unknown, next: string): Failure {
  if (error instanceof CommanderError) {
    // Commander has written its message, or the help that was asked for.
    return { text: "", exitCode: error.exitCode === 0 ? EXIT.ok : EXIT.usage };
  }
  if (error instanceof Interrupted) {
    return { text: error.message, exitCode: EXIT.interrupted };
  }
  if (error instanceof UserError) {
    return { text: `${error.message}\nNext: ${error.next ?? next}`, exitCode: EXIT.usage };
  }
  if (error instanceof StorageFailure) {
    return { text: `${error.message}\nNext: ${error.next}`, exitCode: EXIT.failed };
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    text: `${trace}\n\nThis is a mistake in this program, not in your files. Please report it with the text above, the command and the definition.`,
    exitCode: EXIT.bug,
  };
}
