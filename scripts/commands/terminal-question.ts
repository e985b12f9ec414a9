import { once } from "node:events";
import { openSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { ReadStream, WriteStream } from "node:tty";
import { UserError } from "../../local/errors/user-error";
import { Interrupted } from "../../local/runner/interrupted";
import { wrapped } from "../terminal/wrap";

/** Whether somebody is there: one of the command's streams is a terminal, wherever the others lead. */
export const isSomebodyThere = (): boolean =>
  [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY === true);

/**
 * Asks at the terminal: on stderr, or past a stream that leads elsewhere.
 * @param signal aborted by Ctrl-C, as by interruptionSignal.
 * @returns what was typed; nothing, where the input has ended or the terminal has gone.
 * @throws UserError where there is no way to ask. @throws Interrupted
 */
export async function askAtTerminal(question: string, signal: AbortSignal): Promise<string> {
  const { input, output, close } = openTerminal();
  const lines = createInterface({ input, output });
  // The interface takes Ctrl-C for itself.
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const closed = once(lines, "close").then(() => ""); // The question itself would never settle.
  try {
    return await Promise.race([lines.question(`${wrapped(question.trimEnd(), output)} `, { signal }), closed]);
  } catch (error) {
    Interrupted.throwIf(signal);
    if (error instanceof Error && error.name === "AbortError") {
      output.write("\n");
      return ""; // Ctrl-D.
    }
    throw error;
  } finally {
    lines.close();
    close();
  }
}

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: WriteStream;
  close(): void;
}

/** A question in a file that stderr leads to would be seen by nobody. */
function openTerminal(): Terminal {
  const opened: (ReadStream | WriteStream)[] = [];
  const open = <T extends ReadStream | WriteStream>(stream: T): T => {
    opened.push(stream);
    return stream;
  };
  const close = () => opened.map((stream) => stream.destroy());
  try {
    return {
      input: process.stdin.isTTY ? process.stdin : open(new ReadStream(openSync("/dev/tty", "r"))),
      output: process.stderr.isTTY ? process.stderr : open(new WriteStream(openSync("/dev/tty", "w"))),
      close,
    };
  } catch (cause) {
    close();
    throw new UserError("There is a question, and no way to ask it: the command's input or its errors lead elsewhere", {
      next: "leave both at the terminal, or name the flag that goes on without a question (--help shows it)",
      cause,
    });
  }
}
