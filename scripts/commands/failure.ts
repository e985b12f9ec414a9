import { CommanderError } from "commander";
import { connectionStep } from "../../contract/connection-steps";
import { StorageFailure } from "../../local/errors/storage-failure";
import { Declined, UserError } from "../../local/errors/user-error";
import { Interrupted } from "../../local/runner/interrupted";
import { RemoteFailure } from "../../local/transfer/remote-failure";
import { EXIT } from "./exit-codes";
import { sourceStack } from "./source-stack";

export interface Failure {
  /** For stderr; empty where everything has been said. */
  readonly text: string;
  readonly exitCode: number;
  /** The same for programs; absent where nothing went wrong, as with the help that was asked for, or with Ctrl-C. */
  readonly error?: FailureDocument;
}

/** What went wrong, and what to do, as `--json` has it. */
export interface FailureDocument {
  readonly message: string;
  readonly next?: string;
}

/**
 * What to say of an error, and how the process ends. Only a mistake in this program shows its stack.
 * @param next what to try next where the error does not say it.
 */
export function describeFailure(error: unknown, next: string): Failure {
  if (error instanceof CommanderError) {
    // Commander has written its message, or the help that was asked for.
    return error.exitCode === 0
      ? { text: "", exitCode: EXIT.ok }
      : { text: "", exitCode: EXIT.usage, error: { message: error.message.replace(/^error: /, ""), next } };
  }
  if (error instanceof Interrupted) {
    return { text: error.message, exitCode: EXIT.interrupted };
  }
  if (error instanceof UserError) {
    return told(
      { message: error.message, next: error.next ?? next },
      error instanceof Declined ? EXIT.failed : EXIT.usage,
    );
  }
  if (error instanceof StorageFailure) {
    return told({ message: error.message, next: error.next }, EXIT.failed);
  }
  if (error instanceof RemoteFailure) {
    return told({ message: error.message, next: connectionStep(error.message) ?? next }, EXIT.failed);
  }
  const trace = error instanceof Error ? sourceStack(error.stack ?? error.message) : String(error);
  return {
    text: `${trace}\n\nThis is a mistake in this program, not in your files. Please report it with the text above, the command and the definition.`,
    exitCode: EXIT.bug,
    error: { message: `A mistake in this program: ${error instanceof Error ? error.message : String(error)}` },
  };
}

function told(error: Required<FailureDocument>, exitCode: number): Failure {
  return { text: `${error.message}\nNext: ${error.next}`, exitCode, error };
}
