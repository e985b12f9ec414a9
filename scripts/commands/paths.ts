import { existsSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";

/** The project's root. */
export const ROOT = resolve(__dirname, "..", "..");

export const DEFAULT_DATA_DIRECTORY = join(ROOT, ".local");

/** What was built for calls of `local`. */
export const FUNCTIONS_CACHE = join(ROOT, "dist", "cache");

/** Scripts of package.json that are this command line. */
const SCRIPTS: readonly (string | undefined)[] = ["sftp-sync", "deploy", "diff", "drift", "output", "destroy"];

/**
 * A path as the user meant it. `npm run` changes to the project's root; where the user was, it says in `INIT_CWD`.
 */
export function userPath(path: string, env: NodeJS.ProcessEnv = process.env): string {
  const here = SCRIPTS.includes(env.npm_lifecycle_event) ? env.INIT_CWD : undefined;
  return resolve(here ?? process.cwd(), path);
}

/** The same for a file to read: one that is not there may be meant from the project's root, as the documents write it. */
export function userFile(path: string, env: NodeJS.ProcessEnv = process.env): string {
  const file = userPath(path, env);
  const fromRoot = resolve(ROOT, path);
  return displayed(!existsSync(file) && existsSync(fromRoot) ? fromRoot : file);
}

/** Short where it can be: relative to the current folder, if it lies in it. */
export function displayed(file: string): string {
  const short = relative(process.cwd(), file);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? file : short;
}
