import { type Dirent, existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../../config/error-code";
import { UserError } from "../../local/errors/user-error";
import { type Stranger, strangerAt } from "../../local/privacy/strangers";
import { stackFile, stackFolder } from "./manifest";
import { localStateFile } from "./state";

/** Where Terraform keeps the providers of a stack: links, where it has a cache of them. */
const PROVIDERS = join(".terraform", "providers");

/**
 * Refuses stacks in whose folders, or in whose states, somebody else on the machine could put other things in the place of what is
 * there: Terraform would deploy them with the rights of whoever deploys, and the providers there are programs that it starts.
 * @throws UserError for the first that is found, before anything is planned.
 */
export async function refuseStrangersIn(stacks: readonly string[]): Promise<void> {
  for (const stack of stacks) {
    const stranger = (await strangerIn(stackFolder(stack))) ?? (await strangerAtState(stack));
    if (stranger !== undefined) {
      const { found, allowed, remedy } = stranger;
      throw new UserError(
        `Others on this machine can change what Terraform would do: ${found} (${allowed}). Nothing was planned`,
        {
          next:
            remedy === undefined
              ? "find out who has put that there, and delete it; then the same command"
              : `look whether anything there is not yours, and take that from them (${remedy}); then the same command`,
        },
      );
    }
  }
}

/**
 * With what Terraform keeps there. Where its links to providers lead is left out: a cache of providers may be a team's, and Terraform
 * holds what it takes from there against the checksums in the folder's lock file.
 */
async function strangerIn(folder: string): Promise<Stranger | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") {
      return [];
    }
    throw error;
  });
  const isProvider = (entry: Dirent) => entry.isSymbolicLink() && entry.parentPath.startsWith(join(folder, PROVIDERS));
  const places = entries.filter((entry) => !isProvider(entry)).map(({ parentPath, name }) => join(parentPath, name));
  for (const place of [folder, ...places]) {
    const stranger = await strangerAt(place);
    if (stranger !== undefined) {
      return stranger;
    }
  }
  return undefined;
}

async function strangerAtState(stack: string): Promise<Stranger | undefined> {
  const file = existsSync(stackFile(stack)) ? await localStateFile(stack) : undefined;
  return file === undefined ? undefined : strangerAt(file);
}
