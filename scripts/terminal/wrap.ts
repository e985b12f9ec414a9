import wrapAnsi from "wrap-ansi";
import { type Lines, lineWidth } from "./width";

/** A line with a command, for copying. */
const WITH_COMMAND = /^\s*Next: .*\b(npx|npm) /;

/** How much further in a line goes on than it began. */
const HANGING = 2;

/**
 * Text for people, whose lines end between words where a terminal would break them anywhere. What has no blanks, such as a path,
 * stays whole, and so does a command to try next, so that it can be copied. Files and pipes get the lines as they are.
 */
export function wrapped(text: string, stream: Lines = process.stdout): string {
  return stream.isTTY === true
    ? text
        .split("\n")
        .map((line) => (WITH_COMMAND.test(line) ? line : hanging(line, lineWidth(stream))))
        .join("\n")
    : text;
}

function hanging(line: string, width: number): string {
  const indent = " ".repeat((/^ */.exec(line)?.[0].length ?? 0) + HANGING);
  const [first = "", ...rest] = wrapAnsi(line, width, { trim: false }).split("\n");
  if (rest.length === 0) {
    return first;
  }
  const further = wrapAnsi(rest.join("").trimStart(), width - indent.length, { trim: true });
  return [first.trimEnd(), ...further.split("\n").map((one) => indent + one)].join("\n");
}
