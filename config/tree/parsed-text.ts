import * as z from "zod";
import { error, type Parsed } from "../problems/problem";

/** What a field's parser made of its text. The schema's output, since to zod a value has issues or is valid, never both. */
export class ParsedText<T> {
  constructor(readonly parsed: Parsed<T>) {}
}

/** Of the text, for the JSON Schema. A description is the field's: `.describe(...)`, where findings look for it. */
interface TextMeta {
  /** In UTF-16 units, as written: a longer text is refused without a look at it, so that parsers need not be quick. */
  readonly maxLength: number;
  readonly pattern?: string;
  readonly examples?: string[];
}

/** A field of text with its parser, so that the schema names every rule a field is under. */
export function parsedText<T>(parse: (text: string) => Parsed<T>, meta: TextMeta) {
  return z
    .string()
    .meta({ ...meta })
    .transform((text) => new ParsedText(text.length > meta.maxLength ? tooLong(text, meta.maxLength) : parse(text)));
}

/** The text is not shown: it may be a key. */
function tooLong({ length }: string, most: number): Parsed<never> {
  return {
    findings: [error("is too long", { received: `${length} characters`, allowed: `at most ${most} characters` })],
  };
}
