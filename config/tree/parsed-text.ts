import * as z from "zod";
import type { Parsed } from "../problems/problem";

/** What a field's parser made of its text. The schema's output, since to zod a value has issues or is valid, never both. */
export class ParsedText<T> {
  constructor(readonly parsed: Parsed<T>) {}
}

/** Of the text, for the JSON Schema. A description is the field's: `.describe(...)`, where findings look for it. */
interface TextMeta {
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly examples?: string[];
}

/** A field of text with its parser, so that the schema names every rule a field is under. */
export function parsedText<T>(parse: (text: string) => Parsed<T>, meta: TextMeta = {}) {
  return z
    .string()
    .meta({ ...meta })
    .transform((text) => new ParsedText(parse(text)));
}
