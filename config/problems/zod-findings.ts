import type { z } from "zod";
import { didYouMean } from "./nearest-name";
import { type Path, valueAt } from "./path";
import { error, type Finding } from "./problem";
import { describeName, describeReceived, isCredentialName } from "./received";
import { fieldAt, fieldNames, homeOf } from "./schema-fields";

/** A finding and its place in the data. */
export interface PlacedFinding {
  readonly path: Path;
  /** Whether the key itself is the mistake, or its value. */
  readonly part: "key" | "value";
  readonly finding: Finding;
}

/** Fields into which private keys are pasted by mistake: what stands there is never shown. */
const NEVER_SHOWN: readonly (string | number | undefined)[] = ["PublicKey"];

/** What zod found, in words for the author of the file. `data` is the parsed input. */
export function zodFindings(issues: readonly z.core.$ZodIssue[], schema: z.ZodType, data: unknown): PlacedFinding[] {
  return withoutImplied(issues).flatMap((issue): PlacedFinding[] => {
    const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
    if (issue.code === "unrecognized_keys") {
      const names = fieldNames(schema, path);
      return issue.keys.map((key) => {
        const finding = unknownKey(key, { names, home: homeOf(key, schema) });
        return { path: [...path, key], part: "key", finding };
      });
    }
    const description = fieldAt(schema, path)?.description;
    if (issue.code === "invalid_key") {
      return [{ path, part: "key", finding: explain(issue, path.at(-1), description) }];
    }
    const { received, ...finding } = explain(issue, valueAt(data, path), description);
    const details = received === undefined || NEVER_SHOWN.includes(path[0]) ? {} : { received };
    return [{ path, part: "value", finding: { ...finding, ...details } }];
  });
}

/**
 * zod measures the length of a text where a list belongs, after it has said that the type is wrong, and holds a number
 * against the largest safe one besides the field's own limit.
 */
function withoutImplied(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const pathOf = ({ path }: z.core.$ZodIssue) => JSON.stringify(path.map(String));
  const byPath = new Map<string, z.core.$ZodIssue[]>();
  for (const issue of issues) {
    const path = pathOf(issue);
    const others = byPath.get(path) ?? [];
    others.push(issue);
    byPath.set(path, others);
  }
  return issues.filter((issue) => {
    const others = (byPath.get(pathOf(issue)) ?? []).filter((one) => one !== issue);
    const isUnsafeInteger = issue.code === "too_big" && issue.maximum === Number.MAX_SAFE_INTEGER;
    return issue.code === "invalid_type" || !others.some((one) => one.code === "invalid_type" || isUnsafeInteger);
  });
}

function unknownKey(key: string, fields: { readonly names: readonly string[]; readonly home?: string }): Finding {
  const names = fields.names.filter((name) => !name.startsWith("$"));
  const shown = describeName(key);
  if (isCredentialName(key)) {
    return error(`unknown key ${shown}: credentials do not belong in a file; they are put into the server's secret`);
  }
  const belongs = fields.home === undefined ? didYouMean(key, names) : `; it belongs ${placed(fields.home)}`;
  return error(`unknown key ${shown}${belongs}`, { allowed: names.join(", ") });
}

function placed(home: string): string {
  return home === "" ? "at the top of the file" : `under ${home}`;
}

function explain(issue: z.core.$ZodIssue, value: unknown, description: string | undefined): Finding {
  if (value === undefined) {
    return error("is missing", { allowed: describeField(issue, description) });
  }
  if (value === null) {
    return error("has no value", { allowed: describeField(issue, description) });
  }
  // YAML reads 2026 and true as something else than text.
  const unquoted = issue.code === "invalid_type" && issue.expected === "string" && typeof value !== "object";
  const allowed = unquoted ? "text, in quotes" : expectation(issue);
  return error(problemOf(issue), { received: describeReceived(value), allowed });
}

function problemOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return "has the wrong type";
    case "invalid_value":
      return "is not one of the allowed values";
    case "too_small":
      return byOrigin(issue.origin, "has too few entries", "is too short", "is too small");
    case "too_big":
      return byOrigin(issue.origin, "has too many entries", "is too long", "is too large");
    case "invalid_key":
      return "is not a valid key";
    default:
      return "is not valid";
  }
}

function byOrigin(origin: string, ofArray: string, ofText: string, ofNumber: string): string {
  if (origin === "array") {
    return ofArray;
  }
  return origin === "string" ? ofText : ofNumber;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  number: "a number",
  int: "a whole number",
  array: "a list",
  object: "a map of fields",
  record: "a map of text to text",
};

function expectation(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.map(String).join(", ");
    case "too_small":
      return `${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${unitOf(issue.origin, issue.minimum)}`;
    case "too_big":
      return `at most ${issue.maximum}${unitOf(issue.origin, issue.maximum)}`;
    case "invalid_format":
    case "not_multiple_of":
    case "custom":
      return issue.message;
    case "invalid_key":
      return issue.issues.map((inner) => inner.message).join(", ");
    default:
      return undefined;
  }
}

/** What belongs in a field that is empty. */
function describeField(issue: z.core.$ZodIssue, description: string | undefined): string | undefined {
  return (
    [expectation(issue), description?.replace(/\.$/, "")].filter((text) => text !== undefined).join(": ") || undefined
  );
}

function unitOf(origin: string, count: number | bigint): string {
  if (origin === "array") {
    return count === 1 ? " entry" : " entries";
  }
  if (origin === "string") {
    return count === 1 ? " character" : " characters";
  }
  return "";
}
