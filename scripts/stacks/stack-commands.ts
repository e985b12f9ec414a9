import { UserError } from "../../local/errors/user-error";
import { ALL, isNamed, SHARED, stackArguments } from "./stack-names";

/** Without it, the cdktf command deploys no stack alone whose dependencies are deployed already. With it, it keeps no order. */
const DEPENDENCIES_ARE_THERE = "--ignore-missing-stack-dependencies";

/**
 * What the cdktf command is to be called with. Servers are deployed beside `shared` in the order of their dependencies, and
 * without it as it is.
 * @param args names of stacks, or patterns for them, and then the command's own options. Without names: all stacks.
 */
export function cdktfDeploy(args: readonly string[]): string[] {
  const { names: given, options } = stackArguments(args);
  const names = given.length === 0 ? [ALL] : given;
  return ["deploy", ...names, ...(isNamed(SHARED, names) ? [] : [DEPENDENCIES_ARE_THERE]), ...options];
}

/**
 * The stacks to plan: the cdktf command takes one at a time.
 * @param all in the order in which they are deployed.
 * @throws UserError for a name or pattern that none has.
 */
export function stacksToPlan(all: readonly string[], given: readonly string[]): string[] {
  const names = given.length === 0 ? [ALL] : given;
  const unknown = names.find((name) => !all.some((stack) => isNamed(stack, [name])));
  if (unknown !== undefined) {
    throw new UserError(`There is no stack ${unknown} (allowed: ${all.join(", ")}, or a pattern such as 'server-*')`, {
      next: "the same command with one of these names, or without a name for all",
    });
  }
  return all.filter((stack) => isNamed(stack, names));
}

/** What a person has to know who destroys a server, and one day deploys it again. */
export const SECRETS_STAY =
  "Secrets Manager keeps a destroyed server's secret for 30 days. Before the server can be deployed again within them, restore " +
  "the secret: docs/operations.md#a-server-that-comes-back";

/**
 * What the cdktf command is to be called with: servers go before `shared`.
 * @param forceDestroy the setting. Without it Terraform would delete everything of `shared` but the list-results bucket, which
 * holds objects, and leave ruins.
 * @throws UserError where no stack is named, or `shared` without the setting.
 */
export function cdktfDestroy(args: readonly string[], forceDestroy: boolean): string[] {
  const { names, options } = stackArguments(args);
  if (names.length === 0) {
    throw new UserError("Nothing is named that is to be destroyed", {
      next: `npm run destroy -- server-NAME, or npm run destroy -- '${ALL}' for everything`,
    });
  }
  if (isNamed(SHARED, names) && !forceDestroy) {
    throw new UserError(
      "The list-results bucket holds ledgers and reports. Terraform does not delete a bucket that still holds objects, unless " +
        "forceDestroy was deployed before.",
      { next: "set forceDestroy to true in cdktf.json, npm run deploy, then the same command again" },
    );
  }
  return ["destroy", ...names, ...options];
}
