import * as z from "zod";

const valuesSchema = z.record(z.string(), z.unknown()).nullable();

const changeSchema = z.object({
  address: z.string(),
  mode: z.enum(["managed", "data"]),
  change: z.object({
    actions: z.array(z.string()),
    before: valuesSchema,
    after: valuesSchema,
    after_unknown: z.union([z.boolean(), z.record(z.string(), z.unknown())]),
  }),
});

const planSchema = z.object({ resource_changes: z.array(changeSchema).default([]) });

type Change = z.infer<typeof changeSchema>["change"];

/** What becomes of each resource that a plan touches: `create`, `delete`, `replace`, or `update` with the attributes. */
export type Changes = Readonly<Record<string, string>>;

/** Reads a plan as `terraform show -json` prints it. */
export function changesOf(planJson: string): Changes {
  const managed = planSchema.parse(JSON.parse(planJson)).resource_changes.filter(({ mode }) => mode === "managed");
  return Object.fromEntries(
    managed.flatMap(({ address, change }) => {
      const what = describeChange(change);
      return what === undefined ? [] : [[address, what]];
    }),
  );
}

function describeChange(change: Change): string | undefined {
  const [action = "", second] = change.actions;
  if (second !== undefined) {
    return "replace";
  }
  if (action === "update") {
    return `update ${changedAttributes(change).join(", ")}`;
  }
  return action === "no-op" ? undefined : action;
}

function changedAttributes({ before, after, after_unknown }: Change): string[] {
  const unknown = typeof after_unknown === "boolean" ? {} : after_unknown;
  const names = new Set([before, after, unknown].flatMap((values) => Object.keys(values ?? {})));
  return [...names]
    .filter((name) => unknown[name] === true || JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]))
    .sort();
}
