import { resolve } from "node:path";
import { runCommand } from "./command";

const COMMAND = resolve(__dirname, "..", "..", "tools", "cdktf", "cdktf.mjs");

/** As long as it may take on a slow machine: some hundred packages. */
export const INSTALLATION_MILLISECONDS = 600_000;

/** Calls CDKTF's own command, which is installed where it is not yet. @returns what it prints. */
export function runCdktf(args: readonly string[], options: Parameters<typeof runCommand>[2]): Promise<string> {
  return runCommand(process.execPath, [COMMAND, ...args], options);
}
