import { z } from "zod";
import { isRecord, type Path } from "./path";
import type { Finding, Parsed } from "./problem";

/** Checks and normalises a field's text beyond its type. */
export type FieldParser = (text: string) => Parsed<unknown>;

const fieldParsers = z.registry<{ readonly parse: FieldParser }>();

/** A field of text with its parser, so that the schema names every rule a field is under. */
export function parsedText(parse: FieldParser): z.ZodString {
  return z.string().register(fieldParsers, { parse });
}

/** Runs every field's parser on the data, valid or not, so that all findings come at once. */
export function fieldFindings(
  schema: z.core.$ZodType,
  data: unknown,
  path: Path = [],
): { readonly path: Path; readonly part: "value"; readonly finding: Finding }[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject && isRecord(data)) {
    return Object.entries(inner.shape).flatMap(([key, field]) => fieldFindings(field, data[key], [...path, key]));
  }
  if (inner instanceof z.ZodArray && Array.isArray(data)) {
    return data.flatMap((item, index) => fieldFindings(inner.element, item, [...path, index]));
  }
  const parse = fieldParsers.get(inner)?.parse;
  if (parse === undefined || typeof data !== "string") {
    return [];
  }
  return parse(data).findings.map((finding) => ({ path, part: "value", finding }));
}

/** The schema of the field at a path. */
export function fieldAt(schema: z.core.$ZodType, path: Path): z.ZodType | undefined {
  const [step, ...rest] = path;
  if (step === undefined) {
    return schema instanceof z.ZodType ? schema : undefined;
  }
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) {
    return fieldAt(inner.element, rest);
  }
  if (!(inner instanceof z.ZodObject) || !Object.hasOwn(inner.shape, step)) {
    return undefined;
  }
  return fieldAt(inner.shape[step], rest);
}

/** The field names of the object at a path. */
export function fieldNames(schema: z.core.$ZodType, path: Path): string[] {
  const field = fieldAt(schema, path);
  const inner = field === undefined ? undefined : unwrap(field);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** The map in which a field of this name belongs, such as `SyncSettings[].RemoteFolders`; undefined where none has it. */
export function homeOf(name: string, schema: z.core.$ZodType, place = ""): string | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) {
    return homeOf(name, inner.element, `${place}[]`);
  }
  if (!(inner instanceof z.ZodObject)) {
    return undefined;
  }
  if (Object.hasOwn(inner.shape, name)) {
    return place;
  }
  const homes = Object.entries(inner.shape).map(([key, field]) =>
    homeOf(name, field, place === "" ? key : `${place}.${key}`),
  );
  return homes.find((home) => home !== undefined);
}

/** The type below `.optional()`, `.default()` and `.prefault()`. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
    ? unwrap(schema.unwrap())
    : schema;
}
