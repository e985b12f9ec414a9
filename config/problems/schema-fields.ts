import * as z from "zod";
import type { Path } from "./path";

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
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
    ? unwrap(schema.unwrap())
    : schema;
}
