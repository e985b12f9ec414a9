import { error, type Finding } from "../problems/problem";
import { lexemes } from "./lexemes";

/**
 * Limits of our own: a definition needs six levels. Within them, whatever walks through the text's own nesting stays far from
 * the end of the stack. What aliases add to it is bounded where they are followed (see yaml-data.ts).
 */
const MOST_BRACKETS = 64;
const MOST_COLUMNS = 256;

export const NESTED_TOO_DEEP: Finding = error("YAML: lists and maps lie too deep in one another here", {
  allowed: `up to ${MOST_BRACKETS} brackets within each other, and lines that begin within ${MOST_COLUMNS} columns`,
});

const BRACKETS: Readonly<Record<string, number>> = { "[": 1, "{": 1, "]": -1, "}": -1 };

/** The offset at which a text is nested deeper than anybody means; the lexer goes through it without nesting itself. */
export function tooDeepAt(text: string): number | undefined {
  let brackets = 0;
  let column = 0;
  /** Nothing but blanks and the signs of entries stand in the line so far. */
  let isBeginning = true;
  for (const { text: lexeme, offset, isScalar } of lexemes(text)) {
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
  }
  return undefined;
}
