import { z } from "zod";
import type { Parsed } from "../problems/problem";

/** What a field's parser made of its text. The schema's output, since to zod a value has issues or is valid, never both. */
export class ParsedText<T> {
  constructor(readonly parsed: Parsed<T>) {}
}

/**
 * A field of text with its parser, so that the schema names every rule a field is under.
 * @param meta of the text, for the JSON Schema.
 */
export function parsedText<T>(parse: (text: string) => Parsed<T>, meta: z.core.GlobalMeta = {}) {
  return z
    .string()
    .meta(meta)
    .transform((text) => new ParsedText(parse(text)));
}
