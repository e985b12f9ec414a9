import { once } from "node:events";
import { text } from "node:stream/consumers";
import { endGroup, startGroup } from "../../bench/servers/process-group";

export interface CommandOptions {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the command and whatever it has started. */
  readonly signal?: AbortSignal | undefined;
}

/** Characters of each stream that an error shows. */
const SHOWN = 10_000;

export interface Outcome {
  /** The exit code; the signal, where one has ended it. */
  readonly how: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program that is given no input. */
export async function outcomeOf(file: string, args: readonly string[], options: CommandOptions): Promise<Outcome> {
  const { signal, ...spawnOptions } = options;
  signal?.throwIfAborted();
  const child = startGroup(file, args, { ...spawnOptions, stdio: ["ignore", "pipe", "pipe"] });
  const abort = () => void endGroup(child);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const [stdout, stderr] = await Promise.all([
      child.stdout === null ? "" : text(child.stdout),
      child.stderr === null ? "" : text(child.stderr),
      once(child, "close"),
    ]);
    return { how: child.exitCode ?? child.signalCode, stdout, stderr };
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/**
 * Runs a program that is to succeed.
 * @returns what it printed on stdout.
 * @throws Error with the end of what it printed, where its exit code is not 0.
 */
export async function runCommand(file: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { how, stdout, stderr } = await outcomeOf(file, args, options);
  if (how !== 0) {
    throw new Error(`${[file, ...args].join(" ")} ended with ${how}\n${stdout.slice(-SHOWN)}\n${stderr.slice(-SHOWN)}`);
  }
  return stdout;
}
