import { replaceUnseen } from "../../contract/unseen-characters";
import { type Finding, warning } from "../problems/problem";
import { describeReceived } from "../problems/received";

/** Blanks that look like the usual one, which in a name are another name, Braille without a dot too; U+3000 is that of ideographs. */
const UNUSUAL_BLANK = /(?![ \u3000])[\p{Zs}\u2800]/u;

/** A run of letters; signs of units are none: 5 k\u03a9, 10 \u03bcm. */
const WORD = /((?![\u03bc\u03a9\u2126])[\p{L}\p{M}])+/gu;

/** Scripts whose letters look alike. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  Latin: /\p{Script_Extensions=Latin}/u,
  Cyrillic: /\p{Script_Extensions=Cyrillic}/u,
  Greek: /\p{Script_Extensions=Greek}/u,
};

/** A character and its place. */
interface Occurrence {
  /** Such as `U+200B`. */
  readonly name: string;
  /** In UTF-16 units. */
  readonly offset: number;
}

/** What has no width or turns the direction of writing, in any text, where no script and no emoji needs it. */
export function unseenCharacters(text: string): Occurrence[] {
  const found: Occurrence[] = [];
  replaceUnseen(text, (character, offset) => {
    found.push({ name: codeAt(text, offset), offset });
    return character;
  });
  return found;
}

/** Warns of what a reader takes for another character in a name; names the first one. What is not seen at all, nowhere belongs. */
export function oddCharacterWarnings(text: string): Finding[] {
  const blank = UNUSUAL_BLANK.exec(text);
  const strange = [...text.matchAll(WORD)].flatMap((word) => foreignLetter(word[0], word.index) ?? [])[0];
  return [
    ...(blank === null ? [] : [`${shown(text, blank.index)}, which looks like a usual blank`]),
    ...(strange === undefined
      ? []
      : [`${shown(text, strange.index)}, a ${strange.script} letter in a word of ${strange.others} ones`]),
  ].map((what) =>
    warning(`has ${what}`, {
      received: describeReceived(text),
      allowed: "letters of one script in a word, and what can be seen",
    }),
  );
}

/** Warns of blanks at the ends of a path's or glob's parts: nobody sees them, and they belong to the name. */
export function blanksAtEnds(text: string): Finding[] {
  const at = /(?<=^|\/)\p{Zs}|\p{Zs}(?=\/|$)/u.exec(text)?.index;
  return at === undefined
    ? []
    : [
        warning(`has a blank at the beginning or end of a name, ${shown(text, at)}`, {
          received: describeReceived(text),
          allowed: "names without blanks at their ends, unless they are called so",
        }),
      ];
}

/** `U+0430 at character 3`, counted from 1; for the first one beyond ASCII. */
export function firstBeyondAscii(text: string): string | undefined {
  const found = /[^\p{ASCII}]/u.exec(text);
  return found === null ? undefined : shown(text, found.index);
}

/** The first letter of the script that has fewer letters in the word; undefined where all are of one script. */
function foreignLetter(word: string, start: number) {
  const scripts = [...word].map(scriptOf);
  const found = Object.keys(SCRIPTS).flatMap((script) => {
    const indexes = scripts.flatMap((one, index) => (one === script ? [index] : []));
    return indexes.length === 0 ? [] : [{ script, indexes }];
  });
  const [few, many] = found.sort((a, b) => a.indexes.length - b.indexes.length);
  if (few === undefined || many === undefined) {
    return undefined;
  }
  const before = [...word].slice(0, few.indexes[0]).join("");
  return { script: few.script, others: many.script, index: start + before.length };
}

/** Of a letter that one of the scripts has alone: accents, and letters such as U+02BC, belong to several. */
function scriptOf(letter: string): string | undefined {
  const [script, another] = Object.keys(SCRIPTS).filter((name) => SCRIPTS[name]?.test(letter));
  return another === undefined && /\p{L}/u.test(letter) ? script : undefined;
}

function shown(text: string, index: number): string {
  return `${codeAt(text, index)} at character ${[...text.slice(0, index)].length + 1}`;
}

/** How a character is named, such as `U+200B`. */
export function codeAt(text: string, index: number): string {
  return `U+${text.codePointAt(index)?.toString(16).toUpperCase().padStart(4, "0")}`;
}
