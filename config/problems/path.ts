import { describeName } from "./received";

export type Path = readonly (string | number)[];

/** `SyncSettings[0].RemoteFolders.Folder`, in a form that is safe to print. */
export function dottedPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") {
      return `${text}[${part}]`;
    }
    const name = describeName(part);
    return text === "" ? name : `${text}.${name}`;
  }, "");
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path of unvalidated data, or undefined. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (Array.isArray(value) && typeof part === "number") {
      return value[part];
    }
    return isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }, data);
}
