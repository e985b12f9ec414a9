import { Lexer } from "yaml";
import { error, type Finding } from "../problems/problem";

/** Limits of our own: a definition needs six levels. Within them, nothing that walks through a text comes near the end of the stack. */
const MOST_BRACKETS = 64;
const MOST_COLUMNS = 256;

export const NESTED_TOO_DEEP: Finding = error("YAML: lists and maps lie too deep in one another here", {
  allowed: `up to ${MOST_BRACKETS} brackets within each other, and lines that begin within ${MOST_COLUMNS} columns`,
});

/** Of the lexer: what follows is a scalar's text. */
const SCALAR = "\x1f";

/** Of the lexer: a document begins, a flow collection does not end, a scalar follows. */
const MARKS: readonly string[] = ["\x02", "\x18", SCALAR];

const BRACKETS: Readonly<Record<string, number>> = { "[": 1, "{": 1, "]": -1, "}": -1 };

/** The offset at which a text is nested deeper than anybody means; the lexer goes through it without nesting itself. */
export function tooDeepAt(text: string): number | undefined {
  let offset = 0;
  let brackets = 0;
  let column = 0;
  /** Nothing but blanks and the signs of entries stand in the line so far. */
  let isBeginning = true;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalar && MARKS.includes(lexeme)) {
      isScalar = lexeme === SCALAR;
      continue; // Stands for no character.
    }
    const isBlank = !isScalar && /^[ \t]/.test(lexeme);
    if (isBeginning && !isBlank && column > MOST_COLUMNS && !/^\r?\n/.test(lexeme)) {
      return offset;
    }
    if (!isScalar) {
      brackets = Math.max(brackets + (BRACKETS[lexeme] ?? 0), 0);
    }
    if (brackets > MOST_BRACKETS) {
      return offset;
    }
    const endsLine = /\n$/.test(lexeme);
    isBeginning = endsLine || (isBeginning && (isBlank || (!isScalar && /^[-?]$/.test(lexeme))));
    column = endsLine ? 0 : column + lexeme.length;
    isScalar = false;
    offset += lexeme.length;
  }
  return undefined;
}
