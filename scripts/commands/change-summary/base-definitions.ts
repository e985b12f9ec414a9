import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, posix, relative, resolve, sep } from "node:path";
import {
  type DefinitionsResult,
  isDefinition,
  type Limits,
  loadDefinitionFiles,
} from "../../../config/load-definitions";
import { UserError } from "../../../local/errors/user-error";
import { git } from "../../git/git";
import { DEFAULT_BRANCHES } from "../consent/default-branch";

export interface Base {
  /** The commit from which the branch goes off, in full. */
  readonly commit: string;
  readonly result: DefinitionsResult;
}

/** The commit that a branch is compared with: where it left the base. @throws UserError where Git does not know that. */
export async function baseCommit(root: string, base: string | undefined): Promise<string> {
  const named = base ?? (await defaultBranch(root));
  const tip = await commitNamed(root, named);
  if (tip === undefined) {
    throw new UserError(`Git knows no commit ${JSON.stringify(named)} in ${root}`, {
      next: "git fetch origin BRANCH, or in CI a checkout with its whole history (fetch-depth: 0); then --base origin/BRANCH",
    });
  }
  const common = await git(root, "merge-base", tip.trim(), "HEAD");
  if (common === undefined) {
    throw new UserError(
      `The commit ${JSON.stringify(named)} and the one that is checked out have no common ancestor here`,
      {
        next: "git fetch --unshallow, or in CI a checkout with its whole history (fetch-depth: 0)",
      },
    );
  }
  return common.trim();
}

/** To Git a tag comes before a branch, and whoever may push one can call it `origin/main`: here branches come first. */
async function commitNamed(root: string, name: string): Promise<string | undefined> {
  for (const place of ["refs/heads/", "refs/remotes/", ""]) {
    // Whatever begins with a dash would be an option.
    const found = await git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${place}${name}^{commit}`);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

async function defaultBranch(root: string): Promise<string> {
  for (const branch of DEFAULT_BRANCHES) {
    if ((await git(root, "rev-parse", "--verify", "--quiet", branch)) !== undefined) {
      return branch;
    }
  }
  throw new UserError(`Git knows no default branch in ${root}`, { next: "name what to compare with: --base REF" });
}

/**
 * The definitions as they were in a commit, read as today's are.
 * @param folder of the definitions, as it is to be named in problems.
 */
export async function definitionsAt(
  root: string,
  commit: string,
  folder: string,
  limits: Limits,
): Promise<DefinitionsResult> {
  const servers = relative(root, resolve(folder)).split(sep).join("/");
  const listed = (await git(root, "ls-tree", "-r", "-z", commit, "--", `${servers}/`)) ?? "";
  const entries = listed.split("\0").flatMap((line) => {
    const [, mode, hash = "", path = ""] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return mode === undefined || !isDefinition(path, servers) ? [] : [{ isLink: mode === LINK, hash, path }];
  });
  const files: string[] = [];
  const texts = new Map<string, string>();
  for (const { isLink, hash, path } of entries) {
    const file = join(folder, ...path.slice(servers.length + 1).split("/"));
    files.push(file);
    if (isLink) {
      texts.set(resolve(file), await textOfLink(root, commit, path, hash));
    } else if (!(await hasHash(file, hash))) {
      texts.set(resolve(file), (await git(root, "cat-file", "blob", hash)) ?? "");
    }
  }
  return loadDefinitionFiles(files, limits, texts);
}

/** A link is kept as the path that it leads to. One that leads out of the commit has no text there. */
async function textOfLink(root: string, commit: string, link: string, hash: string): Promise<string> {
  const target = (await git(root, "cat-file", "blob", hash)) ?? "";
  const path = posix.join(posix.dirname(link), target);
  return (await git(root, "cat-file", "blob", `${commit}:./${path}`)) ?? "";
}

const LINK = "120000";

/** SHA-1, or SHA-256 in a repository that has those. */
const SHA1_LETTERS = 40;

/** Whether Git would give what the file holds this hash. */
async function hasHash(file: string, hash: string): Promise<boolean> {
  const content = await readFile(file).catch(() => undefined);
  const algorithm = hash.length === SHA1_LETTERS ? "sha1" : "sha256";
  return (
    content !== undefined &&
    createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest("hex") === hash
  );
}
