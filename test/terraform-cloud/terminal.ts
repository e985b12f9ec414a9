import { stripVTControlCharacters } from "node:util";
import { spawn } from "@lydell/node-pty";
import type { CdktfProject } from "../deployment/world/cdktf-project";

/** A command of the project at a terminal, where somebody may be asked. */
export interface AtTerminal {
  /** Settles when it asks for approval; fails where it ends before. */
  readonly asked: Promise<void>;
  /** Its exit code, and all that it printed. */
  readonly ended: Promise<{ readonly code: number; readonly printed: string }>;
}

/** @param signal ends it early. */
export function atTerminal(project: CdktfProject, signal: AbortSignal, ...args: string[]): AtTerminal {
  const terminal = spawn("npm", ["run", "--silent", ...args], {
    cwd: project.folder,
    env: project.environment,
    cols: 200,
  });
  signal.addEventListener("abort", () => terminal.kill("SIGHUP"), { once: true });
  let printed = "";
  const ended = new Promise<{ code: number; printed: string }>((resolve) => {
    terminal.onExit(({ exitCode }) => resolve({ code: exitCode, printed }));
  });
  const asked = new Promise<void>((resolve, reject) => {
    terminal.onData((text) => {
      printed += stripVTControlCharacters(text);
      if (printed.includes("Do you want to perform these actions")) {
        resolve();
      }
    });
    terminal.onExit(() => reject(new Error(`ended without a question: ${printed}`)));
  });
  return { asked, ended };
}
