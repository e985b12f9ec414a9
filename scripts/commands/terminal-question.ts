import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { Interrupted } from "../../local/runner/interrupted";

/**
 * Asks at the terminal, on stderr.
 * @param signal aborted by Ctrl-C, as by interruptionSignal.
 * @returns what was typed; nothing, where the input has ended or the terminal has gone.
 * @throws Interrupted
 */
export async function askAtTerminal(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // The interface takes Ctrl-C for itself.
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const closed = once(lines, "close").then(() => ""); // The question itself would never settle.
  try {
    return await Promise.race([lines.question(question, { signal }), closed]);
  } catch (error) {
    Interrupted.throwIf(signal);
    if (error instanceof Error && error.name === "AbortError") {
      process.stderr.write("\n");
      return ""; // Ctrl-D.
    }
    throw error;
  } finally {
    lines.close();
  }
}
