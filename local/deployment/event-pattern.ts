import * as z from "zod";

const leafSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.strictObject({ prefix: z.string() }),
  z.strictObject({ suffix: z.string() }),
  z.strictObject({ exists: z.boolean() }),
]);
type Leaf = z.infer<typeof leafSchema>;

export interface EventPattern {
  /** Each matches. Leaves are lists of alternatives; everything between is the shape of the event. */
  readonly fields: Readonly<Record<string, EventPattern | readonly Leaf[]>>;
  /** `$or`: one of these matches the same object too. */
  readonly alternatives?: readonly EventPattern[] | undefined;
}

/** @throws ZodError for an operator that is not known here, rather than matching wrongly. */
export const eventPatternSchema: z.ZodType<EventPattern> = z.lazy(() =>
  z
    .object({ $or: z.array(eventPatternSchema).min(2).optional() })
    .catchall(z.union([z.array(leafSchema), eventPatternSchema]))
    .transform(({ $or: alternatives, ...fields }) => ({ fields, alternatives })),
);

/** Whether EventBridge would hand the event to a rule with this pattern. */
export function matchesPattern({ fields, alternatives }: EventPattern, event: unknown): boolean {
  const known = new Map(typeof event === "object" && event !== null ? Object.entries(event) : []);
  const matchesFields = Object.entries(fields).every(([name, expected]) => {
    const actual: unknown = known.get(name);
    return isLeaves(expected)
      ? expected.some((leaf) => matchesLeaf(leaf, actual))
      : actual !== undefined && matchesPattern(expected, actual);
  });
  return matchesFields && (alternatives?.some((pattern) => matchesPattern(pattern, event)) ?? true);
}

function isLeaves(value: EventPattern | readonly Leaf[]): value is readonly Leaf[] {
  return Array.isArray(value);
}

function matchesLeaf(leaf: Leaf, actual: unknown): boolean {
  if (Array.isArray(actual)) {
    return actual.some((item) => matchesLeaf(leaf, item));
  }
  if (typeof leaf !== "object" || leaf === null) {
    return leaf === actual;
  }
  if ("exists" in leaf) {
    return leaf.exists === (actual !== undefined);
  }
  if (typeof actual !== "string") {
    return false;
  }
  return "prefix" in leaf ? actual.startsWith(leaf.prefix) : actual.endsWith(leaf.suffix);
}
