import { resolve } from "node:path";
import { runCommand } from "./command";

const COMMAND = resolve(__dirname, "..", "..", "tools", "cdktf", "cdktf.mjs");

/** As long as it may take on a slow machine: some hundred packages. */
export const INSTALLATION_MILLISECONDS = 600_000;

/** Has the cdktf command installed, where it is not yet, so that no test waits for that. */
export async function cdktfInstalled(): Promise<void> {
  await runCommand(process.execPath, [COMMAND, "--version"], { env: process.env });
}
