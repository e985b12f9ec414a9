import { readFile, realpath } from "node:fs/promises";
import { relative, sep } from "node:path";
import { git } from "../../git/git";

/**
 * Where a default branch is known by, best first: what the host of the repository calls it, then the usual names. In full, since
 * a tag may have any shorter one.
 */
export const DEFAULT_BRANCHES: readonly string[] = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
];

/** How a file stands to the branch on which reviewed files lie. */
export interface Reviewed {
  /** Whether the branch has the file just as it is here, but for the ends of its lines. */
  readonly isSame: boolean;
  /** Absent where the project lies in no repository, there is no Git, or no branch of such a name. */
  readonly branch?: string;
}

/**
 * Asks the project's own repository: another one, such as a partner's in which the file lies, has a main branch of its own.
 * @param project folder of the project.
 */
export async function onDefaultBranch(file: string, project: string): Promise<Reviewed> {
  const root = await realpath(project);
  for (const branch of DEFAULT_BRANCHES) {
    if ((await git(root, "rev-parse", "--verify", "--quiet", branch)) !== undefined) {
      const target = (await git(root, "symbolic-ref", "--quiet", branch))?.trim() ?? branch;
      const name = target.replace(/^refs\/(remotes|heads)\//, "");
      const there = await git(root, "cat-file", "blob", `${branch}:./${await pathIn(root, file)}`);
      return { branch: name, isSame: there !== undefined && lines(there) === lines(await readFile(file, "utf8")) };
    }
  }
  return { isSame: false };
}

/** A link is what it leads to: that is what is read. */
async function pathIn(root: string, file: string): Promise<string> {
  return relative(root, await realpath(file))
    .split(sep)
    .join("/");
}

const lines = (text: string) => text.replaceAll("\r\n", "\n");
