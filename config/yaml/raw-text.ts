import { codeAt, unseenCharacters } from "../fields/odd-characters";
import { error, type Finding, warning } from "../problems/problem";
import { lexemes } from "./lexemes";

/** A finding by its offset in the text, in UTF-16 units. */
export interface OffsetFinding {
  readonly finding: Finding;
  readonly offset: number;
}

/** What some editors show as the end of a line, or not at all, and YAML reads in another way. */
const CONTROL = /[^\P{Cc}\t\n\r]|\r(?!\n)|[\u2028\u2029]/u;

/** The version that is read, as a comment may follow it. */
const VERSION = /^%YAML[ \t]+1\.2([ \t]|$)/;

const DIRECTIVE = error("YAML: a directive (%) changes how all that follows is read", {
  allowed: "no directive, or %YAML 1.2; text that begins with % goes in quotes",
});

/** As wide as most windows in which a file is read, in columns. */
const OUT_OF_SIGHT = 100;

/** A tab is as wide as this in reviews and terminals, unless it is told otherwise. */
const TAB_WIDTH = 8;

/** Blanks between two texts of a line or at its beginning, as many as can be that wide; U+2800 is Braille without a dot. */
const BLANKS = /(?<![^\S\r\n]|\u2800)(?:[^\S\r\n]|\u2800){13,}(?=\S)/g;

/** As high as most windows: so many lines without anything, or more. */
const EMPTY_LINES = /(?:^[^\S\r\n]*\r?\n){50,}(?=[\s\S])/gm;

/** The first control character, behind which editors and YAML do not agree on what a line is. */
export function controlCharacter(text: string): OffsetFinding | undefined {
  const found = CONTROL.exec(text);
  if (found === null) {
    return undefined;
  }
  const finding = error(`${codeAt(text, found.index)} stands here, a control character`, {
    allowed: "printable text, tabs, and lines that end with LF or CR LF",
  });
  return { finding, offset: found.index };
}

/** What makes a text mean something else than it shows, wherever it stands: in fields, keys that are its own, and comments. */
export function rawFindings(text: string): OffsetFinding[] {
  return [
    ...directives(text).map((offset) => ({ finding: DIRECTIVE, offset })),
    ...unseenOnLines(text),
    ...[...text.matchAll(BLANKS)].flatMap(({ 0: blanks, index }) => {
      const tabs = blanks.split("\t").length - 1;
      const width = blanks.length + tabs * (TAB_WIDTH - 1);
      const what = tabs === 0 ? `${width} blanks` : `blanks and tabs as wide as ${width} characters`;
      const finding = warning(`${what} in one line put what follows out of sight`);
      return width < OUT_OF_SIGHT ? [] : { finding, offset: index + blanks.length };
    }),
    ...[...text.matchAll(EMPTY_LINES)].map(({ 0: empty, index }) => {
      const finding = warning(`${empty.split("\n").length - 1} empty lines put what follows out of sight`);
      return { finding, offset: index + empty.length };
    }),
  ];
}

/** The first such character of each line; at the start of a file, U+FEFF says that it is UTF-8. */
function unseenOnLines(text: string): OffsetFinding[] {
  const found: OffsetFinding[] = [];
  let endOfLine = 0;
  for (const { name, offset } of unseenCharacters(text)) {
    if (offset >= endOfLine && offset > 0) {
      found.push({ finding: unseen(name), offset });
      const end = text.indexOf("\n", offset);
      endOfLine = end === -1 ? text.length : end;
    }
  }
  return found;
}

/** Offsets of the directives that the text does not need. */
function directives(text: string): number[] {
  if (!/^\ufeff?%/m.test(text)) {
    return [];
  }
  const found = [...lexemes(text)].filter((one) => !one.isScalar && one.text.startsWith("%"));
  return found.filter((one) => !VERSION.test(one.text)).map(({ offset }) => offset);
}

/** @param name such as `U+200B`. */
export function unseen(name: string): Finding {
  return warning(`${name} stands here, which nobody sees`, { allowed: "what can be seen" });
}
