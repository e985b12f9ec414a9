import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../../local/errors/user-error";
import { ROOT } from "../commands/paths";

/**
 * The project that a command is to look at: its only argument; without one, this project.
 * @returns `undefined` where the arguments ask for help.
 * @throws UserError for what is no project.
 */
export function projectArgument(args: readonly string[]): string | undefined {
  const [folder] = args;
  if (args.some((arg) => arg === "--help" || arg === "-h")) {
    return undefined;
  }
  if (folder === undefined) {
    return ROOT;
  }
  const project = resolve(folder);
  if (args.length > 1 || folder.startsWith("-") || !existsSync(join(project, "package.json"))) {
    throw new UserError(`There is no project to look at: ${args.join(" ")} (allowed: one folder with a package.json)`);
  }
  return project;
}
