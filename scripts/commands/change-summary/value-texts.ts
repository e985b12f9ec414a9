import { isDeepStrictEqual } from "node:util";
import { knownHostKey } from "../definitions/host-keys";
import { count } from "../figures";
import { code } from "./code";
import type { FieldChange } from "./field-changes";

/** What a field was and is, for two cells of a table. Of two lists, the entries that only one of them has. */
export function valueTexts({ field, before, after }: FieldChange): [before: string, after: string] {
  if (field !== "PublicKey" && Array.isArray(before) && Array.isArray(after)) {
    const [gone, come] = [without(before, after), without(after, before)];
    // Else they differ in their order, or in how often they have one.
    if (gone.length + come.length > 0) {
      return [entriesText(field, gone, before.length), entriesText(field, come, after.length)];
    }
  }
  return [valueText(field, before), valueText(field, after)];
}

const without = (list: readonly unknown[], other: readonly unknown[]): unknown[] =>
  list.filter((entry) => !other.some((one) => isDeepStrictEqual(one, entry)));

function entriesText(field: string, entries: readonly unknown[], all: number): string {
  const same = all - entries.length;
  return same === 0
    ? valueText(field, entries)
    : [...entries.map(entryText), `(${count(same, "entry", "entries")} as before)`].join("<br>");
}

function valueText(field: string, value: unknown): string {
  if (field === "PublicKey" && Array.isArray(value)) {
    return value.map((key) => code(knownHostKey(String(key)).fingerprint)).join("<br>");
  }
  if (value === undefined || (Array.isArray(value) && value.length === 0) || value === "") {
    return "none";
  }
  return (Array.isArray(value) ? value : [value]).map(entryText).join("<br>");
}

const entryText = (one: unknown): string => code(typeof one === "string" ? one : JSON.stringify(one));
