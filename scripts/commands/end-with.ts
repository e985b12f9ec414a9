import { EXIT } from "./exit-codes";
import { describeFailure } from "./failure";

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
