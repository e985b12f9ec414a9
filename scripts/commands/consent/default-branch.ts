import { execFile } from "node:child_process";
import { basename, dirname } from "node:path";

/** Where a default branch is known by, best first: what the host of the repository calls it, then the usual names. */
const CANDIDATES = ["origin/HEAD", "origin/main", "origin/master", "main", "master"] as const;

/** How a file stands to the branch on which reviewed files lie. */
export interface Reviewed {
  /** Whether the branch has the file just as it is here. */
  readonly isSame: boolean;
  /** As Git names it; absent where there is no repository, no Git, or no branch of such a name. */
  readonly branch?: string;
}

/** Asks Git, which is not asked to run anything: hashes are compared, with the line ends that the repository keeps. */
export async function onDefaultBranch(file: string): Promise<Reviewed> {
  const git = (...args: readonly string[]) => output("git", ["-C", dirname(file), ...args]);
  for (const candidate of CANDIDATES) {
    const branch = await git("rev-parse", "--verify", "--quiet", "--abbrev-ref", candidate);
    if (branch !== undefined) {
      const there = await git("rev-parse", "--verify", "--quiet", `${candidate}:./${basename(file)}`);
      const here = await git("hash-object", "--", basename(file));
      return { branch, isSame: there !== undefined && there === here };
    }
  }
  return { isSame: false };
}

/** What a program prints, or undefined where it fails or is not there. */
function output(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, (error, stdout) => resolve(error === null ? stdout.trim() : undefined));
  });
}
