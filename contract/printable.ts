/** C0 and C1 control characters, DEL between them, other line breaks, and characters that change the writing direction. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A name that somebody else has chosen, in text that people read: characters that could end the line or control a terminal are
 * shown as `\u001b`.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * Text that somebody else has written, such as a server's error, as one line: what is no printable character becomes a blank,
 * and what has no width goes.
 * @param most characters that are shown; a longer text ends in dots.
 */
export function oneLine(text: string, most: number): string {
  const line = text
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .replaceAll(/\p{Cf}/gu, "")
    .trim();
  return cut(line, most);
}

/** A text of so many characters at most, with dots where it goes on; no character is cut in two. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, "")}...` : text;
}

/** JSON of a value, in lines for people, with names of others in it: on a terminal, too, they are no more than text. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/[^\n]+/g, printable);
}
