import { EXIT } from "./exit-codes";

/** The process, or whatever stands in its place. */
export interface Streams {
  readonly stdout: NodeJS.EventEmitter;
  readonly stderr: NodeJS.EventEmitter & { write(text: string): unknown };
  exitCode?: number | string | null | undefined;
}

/**
 * A reader that has seen enough (`| head -1`) is no reason to give up a run. A result that cannot be written for another
 * reason, such as a full disk, is said, and ends the command with {@link EXIT.failed}.
 */
export function goOnWithoutReaders(streams: Streams): void {
  // Where even this cannot be written, there is nobody left to tell.
  streams.stderr.on("error", () => undefined);
  streams.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      streams.stderr.write(`Cannot write the result: ${error.message}\n`);
      streams.exitCode = EXIT.failed;
    }
  });
}
