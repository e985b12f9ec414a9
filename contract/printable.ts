import { jsonWithoutCiCommands, withoutCiCommands } from "./ci-commands";
import { replaceUnseen } from "./unseen-characters";

/** C0 and C1 control characters, DEL between them, other line breaks, and halves of letters. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;

/**
 * A name that somebody else has chosen, in text that people read: characters that could end the line, control a terminal, turn the
 * direction of writing, or that nobody sees, are shown as `\u001b`. What a script or an emoji needs stays as it is.
 */
export function printable(text: string): string {
  return replaceUnseen(text.replace(UNPRINTABLE, escaped), escaped);
}

/** As JSON writes it: one escape for each UTF-16 unit. */
function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

const ESCAPE = String.fromCharCode(0x1b);

/** Ends of lines, tabs, and colours and weights: they move nothing back and hide nothing. */
const OF_TEXTS = new RegExp(`([\\n\\t]|${ESCAPE}\\[[\\d;]*m)`);

/**
 * A text of several lines, with colours in it, as it leaves for a terminal or a log: whatever names and messages of others it holds,
 * none of them controls the terminal or is a command to CI.
 */
export function printableText(text: string): string {
  const parts = text.split(OF_TEXTS).map((part, index) => (index % 2 === 0 ? printable(part) : part));
  return withoutCiCommands(parts.join(""));
}

/**
 * Text that somebody else has written, such as a server's error, as one line: what is no printable character becomes a blank,
 * and what has no width goes.
 * @param most characters that are shown; a longer text ends in dots.
 */
export function oneLine(text: string, most: number): string {
  const line = text
    .replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, " ")
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "")
    .trim();
  return shortened(line, most);
}

/** The beginning of a text, with dots where it goes on; no letter is cut in two. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, "")}...` : text;
}

/** Levels of a value that are shown. */
const MOST_LEVELS = 10;

/** A value that somebody else has written, as JSON of at most so many characters that can be printed; what is nested deep is left out. */
export function shortJson(value: unknown, most: number): string {
  const levels = new Map<unknown, number>();
  const json = JSON.stringify(value, function (this: unknown, _, inner: unknown) {
    const level = (levels.get(this) ?? 0) + 1;
    if (typeof inner !== "object" || inner === null) {
      return inner;
    }
    levels.set(inner, level);
    return level > MOST_LEVELS ? "..." : inner;
  });
  return shortened(printable(json ?? String(value)), most);
}

/** JSON of a value, in lines for people, with names of others in it: on a terminal and in a log of CI, too, they are no more than text. */
export function printableJson(value: unknown): string {
  return jsonWithoutCiCommands(JSON.stringify(value, null, 2).replace(/[^\n]+/g, printable));
}
