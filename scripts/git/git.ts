import { execFile } from "node:child_process";

/** Far more than the texts of all definitions. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * What Git prints, with the ends of lines as they are; undefined where it fails or is not there. It takes no folder of the
 * project for a repository, fetches nothing, sees no credentials, and takes every commit for what it is (`git replace`); a command that runs no filter has to be chosen.
 * @param root where it is called.
 */
export function git(root: string, ...args: readonly string[]): Promise<string | undefined> {
  const { PATH, HOME, SystemRoot } = process.env;
  const options = {
    cwd: root,
    env: { PATH, HOME, SystemRoot, GIT_NO_LAZY_FETCH: "1", GIT_NO_REPLACE_OBJECTS: "1", GIT_TERMINAL_PROMPT: "0" },
    maxBuffer: MOST_BYTES,
  };
  return new Promise((resolve) => {
    execFile("git", ["-c", "safe.bareRepository=explicit", ...args], options, (error, stdout) =>
      resolve(error === null ? stdout : undefined),
    );
  });
}
