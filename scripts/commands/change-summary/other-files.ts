import { relative, resolve, sep } from "node:path";
import { isDefinition } from "../../../config/load-definitions";
import { isUnseen } from "../../../config/unseen";
import { UserError } from "../../../local/errors/user-error";
import { git } from "../../git/git";

/** A file of the branch that is neither a definition nor one of settings, and is not as it was in the base. */
export interface OtherFile {
  /** From the project's root, with slashes. */
  readonly file: string;
  /**
   * `unseen`: run or believed as it is, and no part of any commit, such as packages, built files and states. `hidden`: programs obey
   * it without being told to. `other`: code and documents.
   */
  readonly kind: "unseen" | "hidden" | "other";
  readonly isRemoved: boolean;
}

/** A folder or a file, such as `.npmrc`, `.env` or `.gitmodules`. */
const HIDDEN = /(^|\/)\./;

const SETTINGS = /^(cdktf\.json|environments\/[^/]+\.json)$/;

/** How Git writes the mode of another repository that stands in the place of a folder. */
const REPOSITORY = "160000";

/**
 * What the branch changes besides definitions and settings, by what Git would commit.
 * @param commit that is compared with. @param folder of the definitions.
 * @throws UserError where Git does not say
 */
export async function otherFiles(root: string, commit: string, folder: string): Promise<OtherFile[]> {
  const servers = relative(root, resolve(folder)).split(sep).join("/");
  const ignored = new Set(await listed(root, "ls-files", "-z", "--cached", "--ignored", "--exclude-standard"));
  // Neither renames nor what a branch's own .gitmodules or .gitattributes would leave out.
  const args = ["diff-index", "--cached", "--raw", "-z", "--no-renames", "--ignore-submodules=none", "--relative"];
  const fields = await listed(root, ...args, commit, "--");
  const changes = fields.flatMap((field, index) =>
    index % 2 === 0 ? [{ modes: field, file: fields[index + 1] ?? "" }] : [],
  );
  return changes.flatMap(({ modes, file }): OtherFile[] => {
    const [, mode = "", , , status] = modes.slice(1).split(" ");
    const isRemoved = status === "D";
    if (mode === REPOSITORY || ignored.has(file) || isUnseen(file)) {
      return [{ file, kind: "unseen", isRemoved }];
    }
    if (SETTINGS.test(file) || (file.startsWith(`${servers}/`) && isDefinition(file, servers))) {
      return [];
    }
    return [{ file, kind: HIDDEN.test(file) ? "hidden" : "other", isRemoved }];
  });
}

/** @throws UserError where Git does not say: nothing found would look just like that. */
async function listed(root: string, ...args: readonly string[]): Promise<string[]> {
  const printed = await git(root, ...args);
  if (printed === undefined) {
    throw new UserError(`Git does not tell which files ${root} has`, { next: `git ${args.join(" ")} says why` });
  }
  return printed.split("\0").filter((entry) => entry !== "");
}

/** Whether one is there that no commit should have. */
export const hasUnseen = (files: readonly OtherFile[]): boolean =>
  files.some(({ kind, isRemoved }) => kind === "unseen" && !isRemoved);
