import { oneLine } from "../../contract/printable";

/** What of a server's text an error shows. */
const MAX_CHARACTERS = 300;

/** A server's own words, in quotes, on one line, and not too many of them. Empty text gives nothing. */
export function inQuotes(words: string): string | undefined {
  const line = oneLine(words, MAX_CHARACTERS);
  return line === "" ? undefined : `"${line}"`;
}
