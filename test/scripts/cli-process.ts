import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { isOnPath } from "../support/on-path";
import { inheritedEnvironment } from "./inherited-environment";

const ROOT = join(__dirname, "..", "..");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliProcess {
  readonly pid: number | undefined;
  readonly ended: Promise<Ended>;
  /** Resolve when what was printed holds the text. */
  stdoutHas(text: string): Promise<void>;
  stderrHas(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** The same for all that the process has started, as a terminal does it. */
  killAll(signal: NodeJS.Signals): void;
  /** Ends reading, as `| true` does. */
  close(stream: "stdout" | "stderr"): void;
}

/** Starts the command line as a process of its own, with nothing of SFTP_* but what is given. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = ROOT): CliProcess {
  return start([process.execPath, join(ROOT, "scripts/sftp-sync.mjs"), ...args], env, cwd);
}

/** Of the shells that npm may use, one that stays beside the command: Debian's. */
const STUBBORN_SHELL = isOnPath("dash") ? { npm_config_script_shell: "dash" } : {};

/** The same as people start it; signals go to npm alone. */
export function startNpm(args: readonly string[], env: NodeJS.ProcessEnv = {}): CliProcess {
  return startScript(ROOT, ["sftp-sync", "--", ...args], env);
}

/** The short call. */
export function startNpx(args: readonly string[], env: NodeJS.ProcessEnv = {}): CliProcess {
  return start(["npx", "sftp-sync", ...args], { ...STUBBORN_SHELL, ...env }, ROOT);
}

/** Starts a script of a project's package.json; signals go to npm alone. */
export function startScript(project: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): CliProcess {
  return start(["npm", "run", "--silent", ...args], { ...STUBBORN_SHELL, ...env }, project);
}

function start([program = "", ...args]: readonly string[], env: NodeJS.ProcessEnv, cwd: string): CliProcess {
  const child = spawn(program, args, {
    cwd,
    env: { ...inheritedEnvironment(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // A process group of its own.
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  const has = (stream: Readable, printed: () => string) => (wanted: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => printed().includes(wanted) && resolve();
      stream.on("data", look);
      child.on("close", () => reject(new Error(`The command ended without ${JSON.stringify(wanted)}:\n${stderr}`)));
      look();
    });
  return {
    pid: child.pid,
    ended,
    stdoutHas: has(child.stdout, () => stdout),
    stderrHas: has(child.stderr, () => stderr),
    kill: (signal) => child.kill(signal),
    killAll: (signal) => process.kill(-(child.pid ?? Number.NaN), signal),
    close: (stream) => child[stream].destroy(),
  };
}

export const runCli = (args: readonly string[], env?: NodeJS.ProcessEnv, cwd?: string): Promise<Ended> =>
  startCli(args, env, cwd).ended;
