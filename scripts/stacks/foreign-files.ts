import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { errorCode } from "../../config/error-code";
import { jsonOrNothing } from "../../engine/stored-json";
import { UserError } from "../../local/errors/user-error";
import { ROOT } from "../commands/paths";
import { stackFolder } from "./manifest";
import { READ_BY_TERRAFORM, STACK_FILE } from "./read-by-terraform.mjs";
import { IMPORT_FILE, takeOverSchema } from "./taken-over-connector";

/**
 * Refuses folders of stacks with files that the synthesis has not written: Terraform would take them for a part of the stack, and
 * a provider, provisioner or data source in one may start any program while it plans.
 * @throws UserError naming all of them, before anything is planned.
 */
export async function refuseForeignFiles(stacks: readonly string[]): Promise<void> {
  const found = (await Promise.all(stacks.map(foreignFiles))).flat();
  if (found.length > 0) {
    throw new UserError(
      `Terraform would read what the synthesis has not written: ${found.join(", ")}. Nothing was planned`,
      { next: "find out who has put that there, and delete it; then the same command" },
    );
  }
}

/** @returns their paths, relative to the project's root. */
async function foreignFiles(stack: string): Promise<string[]> {
  const folder = stackFolder(stack);
  const entries = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") {
      return [];
    }
    throw error;
  });
  const read = entries.filter((entry) => entry !== STACK_FILE && READ_BY_TERRAFORM.test(entry)).sort();
  const isOurs = await Promise.all(read.map((entry) => isImport(folder, entry)));
  return read.filter((_, index) => !isOurs[index]).map((entry) => relative(ROOT, join(folder, entry)));
}

async function isImport(folder: string, entry: string): Promise<boolean> {
  return (
    entry === IMPORT_FILE &&
    takeOverSchema.safeParse(jsonOrNothing(await readFile(join(folder, entry), "utf8").catch(() => ""))).success
  );
}
