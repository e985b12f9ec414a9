import { Lexer } from "yaml";

/** A piece of a text as the lexer cuts it; together they are the whole text. */
interface Lexeme {
  readonly text: string;
  /** In UTF-16 units, from the start of the text. */
  readonly offset: number;
  /** A scalar's text, in which no sign is YAML's. */
  readonly isScalar: boolean;
}

/** Of the lexer: what follows is a scalar's text. */
const SCALAR = "\x1f";

/** Of the lexer: a document begins, a flow collection does not end, a scalar follows. They stand for no character. */
const MARKS: readonly string[] = ["\x02", "\x18", SCALAR];

/** Cuts a text without nesting itself, however deeply the text is nested. */
export function* lexemes(text: string): Generator<Lexeme> {
  let offset = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalar && MARKS.includes(lexeme)) {
      isScalar = lexeme === SCALAR;
      continue;
    }
    yield { text: lexeme, offset, isScalar };
    isScalar = false;
    offset += lexeme.length;
  }
}
