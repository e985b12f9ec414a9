import { once } from "node:events";
import { text } from "node:stream/consumers";
import { endGroup, startGroup } from "./process-group";

export interface CommandOptions {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the command and whatever it has started. */
  readonly signal?: AbortSignal | undefined;
}

/** Characters of each stream that an error shows. */
const SHOWN = 10_000;

/**
 * Runs a program that is given no input.
 * @returns what it printed on stdout.
 * @throws Error with the end of what it printed, where its exit code is not 0.
 */
export async function runCommand(file: string, args: readonly string[], options: CommandOptions): Promise<string> {
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
    if (child.exitCode !== 0) {
      const how = child.exitCode ?? child.signalCode;
      throw new Error(
        `${[file, ...args].join(" ")} ended with ${how}\n${stdout.slice(-SHOWN)}\n${stderr.slice(-SHOWN)}`,
      );
    }
    return stdout;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
