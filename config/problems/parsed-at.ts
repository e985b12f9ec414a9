import { type Path, valueAt } from "./path";
import type { Parsed } from "./problem";

/** A field of unvalidated data after its parser; undefined where it is missing or wrong. */
export function parsedAt<T>(data: unknown, path: Path, parse: (text: string) => Parsed<T>): T | undefined {
  const value = valueAt(data, path);
  return typeof value === "string" ? parse(value).value : undefined;
}
