import { oneLine } from "../../contract/printable";

/** What of a server's text an error shows. */
const MAX_CHARACTERS = 300;

/** The same without quotes, for a text that may be the library's as well as the server's, and for lists of names. */
export const inBrief = (words: string): string => oneLine(words, MAX_CHARACTERS);

/** A server's own words, in quotes, on one line, and not too many of them. Empty text gives nothing. */
export function inQuotes(words: string): string | undefined {
  const line = inBrief(words);
  return line === "" ? undefined : `"${line}"`;
}
