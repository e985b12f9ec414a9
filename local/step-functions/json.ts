import * as z from "zod";

export type Json = z.infer<ReturnType<typeof z.json>>;

/** Parses what must be JSON, e.g. a Lambda's result. */
export const jsonSchema = z.json();

/** Size as Step Functions counts it: bytes of the UTF-8 text. */
export function jsonBytes(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}
