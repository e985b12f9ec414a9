import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import * as z from "zod";
import { errorCode } from "../../../config/error-code";
import { UserError } from "../../../local/errors/user-error";
import { count } from "../figures";
import { userPath } from "../paths";
import { code } from "./code";

const ALLOWED = "what `terraform show -json PLANFILE` prints";

/** Of `terraform show -json` (Terraform, "JSON Output Format"). */
const planSchema = z.object({
  resource_changes: z
    .array(z.object({ address: z.string(), change: z.object({ actions: z.array(z.string()) }) }))
    .default([]),
});

/** What a plan of Terraform does to resources. */
export interface PlanChanges {
  /** The file's name without its end: usually the stack. */
  readonly name: string;
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly replaced: readonly string[];
  readonly destroyed: readonly string[];
}

/** Reads a plan's JSON. @throws UserError where it is not that. */
export async function readPlan(file: string): Promise<PlanChanges> {
  const plan = planSchema.safeParse(await json(file));
  if (!plan.success) {
    throw new UserError(`${file} is no plan of Terraform as JSON`, { next: `name a file with ${ALLOWED}` });
  }
  const of = (...wanted: string[]) =>
    plan.data.resource_changes
      .filter(({ change }) => [...change.actions].sort().join() === wanted.sort().join())
      .map(({ address }) => address);
  return {
    name: basename(file).replace(/(\.tfplan)?\.json$/, ""),
    created: of("create"),
    updated: of("update"),
    replaced: of("create", "delete"),
    destroyed: of("delete"),
  };
}

async function json(file: string): Promise<unknown> {
  const path = userPath(file);
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    const why =
      errorCode(cause) === "ENOENT" ? "there is no such file" : cause instanceof Error ? cause.message : cause;
    throw new UserError(`The plan ${file} cannot be read: ${why}`, { next: `name a file with ${ALLOWED}`, cause });
  }
}

/** The figures of a plan, and by name what it takes away. */
export function planMarkdown({ name, created, updated, replaced, destroyed }: PlanChanges): string {
  const figures = [
    [created, "created"],
    [updated, "changed"],
    [replaced, "replaced"],
    [destroyed, "destroyed"],
  ] as const;
  const shown = figures.filter(([addresses]) => addresses.length > 0);
  const words = shown.map(([addresses, what]) => `${addresses.length} ${what}`).join(", ");
  const gone = [
    ...replaced.map((address) => ["replaced", address]),
    ...destroyed.map((address) => ["destroyed", address]),
  ];
  return [
    `### Plan ${code(name)}: ${
      words === ""
        ? "no changes"
        : `${count(
            shown.reduce((sum, [all]) => sum + all.length, 0),
            "resource",
          )}, ${words}`
    }`,
    ...(gone.length === 0 ? [] : [gone.map(([what, address = ""]) => `- ${what}: ${code(address)}`).join("\n")]),
  ].join("\n\n");
}
