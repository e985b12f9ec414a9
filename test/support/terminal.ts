import { stripVTControlCharacters } from "node:util";
import { spawn } from "@lydell/node-pty";

/** Where a command of a project is called. */
export interface TerminalOptions {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Default: as many as no line of a test has. */
  readonly columns?: number;
  /** Ends the command early. */
  readonly signal: AbortSignal;
}

/** A command of a project at a terminal, where somebody may be asked. */
export interface AtTerminal {
  /** Settles once the command has printed a text, after what an earlier call has waited for; fails where it ends before. */
  printed(text: string): Promise<void>;
  /** Types what a person types. */
  type(text: string): void;
  /** Its exit code, and all that it printed. */
  readonly ended: Promise<{ readonly code: number; readonly printed: string }>;
}

export const CTRL_C = "\x03";

/** @param command one of the project's, as after `npm run`. */
export function atTerminal(options: TerminalOptions, command: string, ...args: string[]): AtTerminal {
  const { folder, environment, signal, columns = 200 } = options;
  const npm = ["run", "--silent", command, "--", ...args];
  const terminal = spawn("npm", npm, { cwd: folder, env: environment, cols: columns });
  signal.addEventListener("abort", () => terminal.kill("SIGHUP"), { once: true });
  let all = "";
  let seen = 0;
  let look = () => {};
  const ended = new Promise<{ code: number; printed: string }>((resolve) => {
    terminal.onExit(({ exitCode }) => resolve({ code: exitCode, printed: all }));
  });
  terminal.onData((text) => {
    all += stripVTControlCharacters(text);
    look();
  });
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      look = () => {
        const index = all.indexOf(text, seen);
        if (index !== -1) {
          seen = index + text.length;
          look = () => {};
          resolve();
        }
      };
      void ended.then(() => reject(new Error(`ended without ${JSON.stringify(text)}: ${all}`)));
      look();
    });
  return { printed, type: (text) => terminal.write(text), ended };
}
