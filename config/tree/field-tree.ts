import type { z } from "zod";
import type { Path } from "../problems/path";
import type { ParsedText } from "./parsed-text";

interface Place {
  readonly path: Path;
  /** As it stands in the file; undefined where it does not. For what is said about it: its meaning is the value. */
  readonly written: unknown;
}

/** A field without fields of its own. */
export interface FieldNode<T> extends Place {
  readonly kind: "field";
  /** Parsed, or the default; absent where the field is wrong or missing. */
  readonly value?: T;
}

export interface ListNode<Item> extends Place {
  readonly kind: "list";
  /** Empty where it is no list. */
  readonly items: readonly Item[];
}

export interface MapNode<Fields> extends Place {
  readonly kind: "map";
  /** One node for each field of the schema, written or not; absent where it is no map. */
  readonly fields?: Fields;
}

export type TreeNode = FieldNode<unknown> | ListNode<TreeNode> | MapNode<Readonly<Record<string, TreeNode>>>;

/** What a schema's data is read as. */
export type NodeOf<Schema> = Schema extends
  | z.ZodOptional<infer Inner>
  | z.ZodDefault<infer Inner>
  | z.ZodPrefault<infer Inner>
  ? NodeOf<Inner>
  : Schema extends z.ZodObject<infer Shape>
    ? MapNode<FieldsOf<Shape>>
    : Schema extends z.ZodArray<infer Item>
      ? ListNode<NodeOf<Item>>
      : FieldNode<z.output<Schema> extends ParsedText<infer T> ? T : z.output<Schema>>;

export type FieldsOf<Shape> = { readonly [Name in keyof Shape]: NodeOf<Shape[Name]> };

/** The values of a map's fields, without those that have none. */
export function valuesOf(fields: Readonly<Record<string, TreeNode>>): Record<string, unknown> {
  const values = Object.entries(fields).map(([name, node]) => [name, valueOfNode(node)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function valueOfNode(node: TreeNode): unknown {
  switch (node.kind) {
    case "field":
      return node.value;
    case "list":
      return node.written === undefined ? undefined : node.items.map(valueOfNode);
    case "map":
      return node.fields === undefined ? undefined : valuesOf(node.fields);
  }
}
