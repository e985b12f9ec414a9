import { isDeepStrictEqual } from "node:util";
import { definitionSchema } from "../../../config/definition/form/definition-schema";
import { dottedPath, isRecord, type Path, valueAt } from "../../../config/problems/path";
import { hasErrors } from "../../../config/problems/problem";
import { fieldNames } from "../../../config/problems/schema-fields";
import { readYaml } from "../../../config/yaml/yaml-source";
import { UserError } from "../../../local/errors/user-error";
import { COMMAND, shellWords } from "../command-line";
import { YamlText } from "./yaml-text";

/** One change of a definition. */
export type Change =
  /** An index beyond the end of a list adds an entry. */
  | { readonly kind: "set"; readonly path: Path; readonly value: unknown }
  | { readonly kind: "remove"; readonly path: Path };

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * A definition's text with changes, one after the other; all else in it stays as it is.
 * @param file for messages.
 * @throws UserError where the text cannot be read, or a change would change more of its meaning than it says.
 */
export function changedText(file: string, text: string, changes: readonly Change[]): string {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  return mark + changes.reduce((before, change) => changedOnce(file, before, change), text.slice(mark.length));
}

function changedOnce(file: string, before: string, change: Change): string {
  const source = dataOf(before);
  if (source === undefined) {
    throw new UserError(`${file} cannot be read as it is`, { next: `${COMMAND} validate ${shellWords([file])}` });
  }
  const { path } = change;
  const emptied = change.kind === "remove" ? withEmptiedList(source, path) : path;
  const text = new YamlText(before, (place) => fieldNames(definitionSchema, place));
  const after = change.kind === "set" ? text.set(path, change.value) : text.remove(emptied);
  const wanted = change.kind === "set" ? withValue(source, path, change.value) : withValue(source, emptied, undefined);
  if (!isDeepStrictEqual(dataOf(after), wanted)) {
    throw new UserError(`${dottedPath(path)} of ${file} cannot be changed without changing something else`, {
      next: `change it in an editor, then ${COMMAND} validate ${shellWords([file])}`,
    });
  }
  return after;
}

/** What a text says, with every alias written out; undefined where it cannot be read. */
function dataOf(text: string): unknown {
  const { data, problems } = readYaml(text);
  return data === undefined || hasErrors(problems) ? undefined : JSON.parse(JSON.stringify(data));
}

/** The list itself, where its only entry is to go. */
function withEmptiedList(data: unknown, path: Path): Path {
  const list = valueAt(data, path.slice(0, -1));
  return Array.isArray(list) && list.length === 1 && path.at(-1) === 0 ? path.slice(0, -1) : path;
}

/** A copy with a value at a path; undefined: without what is there. */
function withValue(data: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    return value;
  }
  if (typeof key === "number") {
    const list = Array.isArray(data) ? data : [];
    const item = withValue(list[key], rest, value);
    const items = item === undefined ? [] : [item];
    return [...list.slice(0, key), ...items, ...list.slice(key + 1)];
  }
  const map = isRecord(data) ? data : {};
  const { [key]: old, ...others } = map;
  const made = withValue(old, rest, value);
  return made === undefined ? others : { ...map, [key]: made };
}
