import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { cachedFunctions } from "../../scripts/build/cached-functions";

const ROOT = resolve(__dirname, "..", "..");

/**
 * What the commands need that people call: all but documents, tests and measurements. Without package-lock.json every call would
 * bundle the command line and the functions anew.
 */
export const EVERY_COMMAND: readonly string[] = [
  "main.ts",
  "cdktf.json",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "config",
  "contract",
  "engine",
  "functions",
  "local",
  "scripts",
  "stacks",
];

/** What of tools/ and of the packages lies in a copy itself: the command that works on the project in which it lies. */
const COMMAND = "sftp-sync";

/** Copies parts of this project into a folder, with its dependencies, the cdktf command among them, and without any definition. */
export function copyProject(to: string, parts: readonly string[]): void {
  for (const part of [...parts, join("tools", COMMAND)]) {
    cpSync(join(ROOT, part), join(to, part), { recursive: true });
  }
  linkEntries("tools", to);
  linkEntries("node_modules", to);
  linkEntries(join("node_modules", ".bin"), to);
  symlinkSync(join(to, "tools", COMMAND, "sftp-sync.mjs"), join(to, "node_modules", ".bin", COMMAND));
  mkdirSync(join(to, "servers"));
}

/** Spares a copy the build of the functions: they are built once for this project, whose sources the copy has. */
export async function lendFunctions(to: string): Promise<void> {
  const built = await cachedFunctions({ root: ROOT, cache: join(ROOT, "dist", "cache") });
  const cache = join(to, "dist", "cache");
  mkdirSync(cache, { recursive: true });
  symlinkSync(built, join(cache, basename(built)));
}

function linkEntries(folder: string, to: string): void {
  mkdirSync(join(to, folder), { recursive: true });
  for (const name of readdirSync(join(ROOT, folder)).filter((entry) => ![".bin", COMMAND].includes(entry))) {
    symlinkSync(join(ROOT, folder, name), join(to, folder, name));
  }
}
