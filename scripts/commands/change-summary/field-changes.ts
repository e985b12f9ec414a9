import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../../../config/problems/path";

/** A field that has another value; what is not there on one side is undefined. */
export interface FieldChange {
  /** As in a definition: `Url`, `SyncSettings.RemoteFolders.Folder`; as in a file of settings: `context.logLevel`. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Fields of maps within, by their paths. */
export function flattened(value: object, path = ""): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      isRecord(inner) ? Object.entries(flattened(inner, `${path}${key}.`)) : [[`${path}${key}`, inner] as const],
    ),
  );
}

export function fieldChanges(before: Record<string, unknown>, after: Record<string, unknown>): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}
