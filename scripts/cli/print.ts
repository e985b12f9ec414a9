import { printableJson } from "../../contract/printable";
import { wrapped } from "../terminal/wrap";

/**
 * The version of what `--json` prints. Fields are added without a new one; it grows when one goes, or means something else.
 */
const JSON_VERSION = 1;

/** Prints a command's result for people. */
export function print(text: string): void {
  process.stdout.write(`${wrapped(text)}\n`);
}

/** Prints what programs read, or people copy: its lines stay whole. */
export function printExactly(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a command's result as one JSON document: `version`, and the fields of the result, of which none has that name. */
export function printJson<T extends object>(result: T & { readonly version?: never }): void {
  printExactly(printableJson({ version: JSON_VERSION, ...result }));
}
