import { printableJson } from "../../contract/printable";

/**
 * The version of what `--json` prints. Fields are added without a new one; it grows when one goes, or means something else.
 */
const JSON_VERSION = 1;

/** Prints a command's result. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a command's result as one JSON document: `version`, and the fields of the result. */
export function printJson(result: object): void {
  print(printableJson({ version: JSON_VERSION, ...result }));
}
