import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..", "..");

/** What the commands need that people call: all but documents, tests and measurements. */
export const EVERY_COMMAND: readonly string[] = [
  "main.ts",
  "cdktf.json",
  "package.json",
  "tsconfig.json",
  "config",
  "contract",
  "engine",
  "functions",
  "local",
  "scripts",
  "stacks",
];

/** Copies parts of this project into a folder, with its dependencies, the cdktf command among them, and without any definition. */
export function copyProject(to: string, parts: readonly string[]): void {
  for (const part of parts) {
    cpSync(join(ROOT, part), join(to, part), { recursive: true });
  }
  for (const packages of ["node_modules", "tools"]) {
    symlinkSync(join(ROOT, packages), join(to, packages));
  }
  mkdirSync(join(to, "servers"));
}
