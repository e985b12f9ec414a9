/** What of a server's text an error shows. */
const MAX_CHARACTERS = 300;

/** A server's own words, in quotes, on one line, and not too many of them. Empty text gives nothing. */
export function inQuotes(words: string): string | undefined {
  const line = words
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .replaceAll(/\p{Cf}/gu, "")
    .trim();
  if (line === "") {
    return undefined;
  }
  return `"${line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS)}...` : line}"`;
}
