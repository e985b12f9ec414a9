import * as z from "zod";
import { isRecord, type Path } from "../problems/path";
import { unwrap } from "../problems/schema-fields";
import { type PlacedFinding, zodFindings } from "../problems/zod-findings";
import type { FieldNode, FieldsOf, TreeNode } from "./field-tree";
import { ParsedText } from "./parsed-text";

/** Data after its schema: every field as far as it can be understood, and everything that is wrong. */
export interface Reading<Fields> {
  readonly fields: Fields;
  /** What is wrong with the shape first, then what the fields' parsers found, each in the schema's order. */
  readonly findings: readonly PlacedFinding[];
}

/** Reads each field once, whether or not others are right. Nothing is thrown. */
export function readFields<Shape extends z.core.$ZodLooseShape>(
  schema: z.ZodObject<Shape>,
  data: Record<string, unknown>,
): Reading<FieldsOf<Shape>>;
export function readFields(schema: z.ZodObject, data: Record<string, unknown>): Reading<Record<string, TreeNode>> {
  const reader = new FieldReader();
  const fields = reader.fields(schema, data, []);
  return { fields, findings: [...zodFindings(reader.issues, schema, data), ...reader.ofTexts] };
}

class FieldReader {
  readonly issues: z.core.$ZodIssue[] = [];
  readonly ofTexts: PlacedFinding[] = [];

  fields(schema: z.ZodObject, data: Record<string, unknown>, path: Path): Record<string, TreeNode> {
    const nodes = Object.entries(schema.shape).map(([name, field]) => [
      name,
      this.node(field, Object.hasOwn(data, name) ? data[name] : undefined, [...path, name]),
    ]);
    // Its fields have been read: what is left to say is which keys there should not be.
    this.check(shellOf(schema), data, path);
    return Object.fromEntries(nodes);
  }

  private node(schema: z.core.$ZodType, written: unknown, path: Path): TreeNode {
    const inner = unwrap(schema);
    if (inner instanceof z.ZodObject) {
      if (isRecord(written)) {
        return { kind: "map", path, written, fields: this.fields(inner, written, path) };
      }
      this.check(schema, written, path);
      return { kind: "map", path, written };
    }
    if (inner instanceof z.ZodArray) {
      if (Array.isArray(written)) {
        return { kind: "list", path, written, items: this.items(inner, written, path) };
      }
      this.check(schema, written, path);
      return { kind: "list", path, written, items: [] };
    }
    return this.field(schema, written, path);
  }

  private items(schema: z.ZodArray, data: readonly unknown[], path: Path): TreeNode[] {
    // What lies beyond the longest list is not looked at: a short text may make a very long one.
    const read = data.slice(0, longest(schema));
    const nodes = read.map((item, index) => this.node(schema.element, item, [...path, index]));
    this.check(shellOf(schema), data, path);
    return nodes;
  }

  private field(schema: z.core.$ZodType, written: unknown, path: Path): FieldNode<unknown> {
    const value = this.check(schema, written, path);
    if (!(value instanceof ParsedText)) {
      return { kind: "field", path, written, value };
    }
    const { parsed } = value;
    this.ofTexts.push(...parsed.findings.map((finding) => ({ path, part: "value" as const, finding })));
    return { kind: "field", path, written, value: parsed.value };
  }

  private check(schema: z.core.$ZodType, data: unknown, path: Path): unknown {
    const result = z.safeParse(schema, data);
    for (const issue of result.error?.issues ?? []) {
      this.issues.push({ ...issue, path: [...path, ...issue.path] });
    }
    return result.data;
  }
}

type Container = z.ZodObject | z.ZodArray;

/** Making a schema takes far longer than using it. */
const SHELLS = new WeakMap<Container, Container>();

/** A map or list with what it says of itself, and nothing of what it holds. */
function shellOf(schema: Container): Container {
  const shell = SHELLS.get(schema) ?? newShell(schema);
  SHELLS.set(schema, shell);
  return shell;
}

function newShell(schema: Container): Container {
  if (schema instanceof z.ZodArray) {
    return new z.ZodArray({ ...schema.def, element: z.unknown() });
  }
  const shape = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, z.unknown().optional()]));
  return new z.ZodObject({ ...schema.def, shape });
}

/** As many entries as a list may have; undefined where it has no limit. */
function longest(schema: z.ZodArray): number | undefined {
  const limit = schema.def.checks?.find((check) => check instanceof z.core.$ZodCheckMaxLength);
  return limit?._zod.def.maximum;
}
