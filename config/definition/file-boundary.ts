import { error, type Problem } from "../problems/problem";
import type { DefinitionFile } from "./definition-file";

/**
 * Reads a file such that one at which this program itself fails has a problem for it, and leaves the other files theirs. The
 * exception's text is not shown: it may quote the file.
 */
export function withinFile(file: string, read: () => DefinitionFile): DefinitionFile {
  try {
    return read();
  } catch (cause) {
    return unknownFile(file, {
      ...error(
        `cannot be understood: this program fails at it (${cause instanceof Error ? cause.name : "unknown error"})`,
        {
          allowed: "a simpler file, until the program is mended; please report it",
        },
      ),
      ...NOWHERE,
      file,
    });
  }
}

/** A file of which nothing is known but what is wrong with it. */
export function unknownFile(file: string, problem: Problem): DefinitionFile {
  return { file, problems: [problem], locate: () => ({ line: 0, column: 0 }) };
}

const NOWHERE = { line: 0, column: 0, path: "" } as const;
