import { printableText } from "../../contract/printable";
import { describeFailure } from "./failure";

/**
 * Ends this process with the work's exit code, or with what went wrong.
 * @param next what to try next where the error does not say it.
 */
export function endWith(work: Promise<number>, next: string): void {
  work.then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const { text, exitCode } = describeFailure(error, next);
      console.error(printableText(text));
      process.exitCode = exitCode;
    },
  );
}
