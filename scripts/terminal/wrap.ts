import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import { printableText } from "../../contract/printable";
import { type Lines, lineWidth } from "./width";

/** A line with a command, for copying. */
const WITH_COMMAND = /^\s*Next: .*\b(npx|npm) /;

/** How much further in a line goes on than it began. */
const HANGING = 2;

/**
 * Text for people, whose lines end between words where a terminal would break them anywhere. What has no blanks, such as a path,
 * stays whole, and so does a command to try next, so that it can be copied. Files and pipes get the lines as they are. No name or
 * message of others in it is a command to CI, or to the terminal.
 */
export function wrapped(text: string, stream: Lines = process.stdout): string {
  const lines = printableText(text);
  return stream.isTTY === true
    ? lines
        .split("\n")
        .map((line) => (WITH_COMMAND.test(line) ? line : hanging(line, lineWidth(stream))))
        .join("\n")
    : lines;
}

/** A name, and more than one blank before what is said of it. */
const NAMED = /^ *\S+(?: \S+)* {2,}(?=\S)/;

/** What is said of a name goes on below itself, where that leaves it enough room; any other line a little further in. */
function hanging(line: string, width: number): string {
  const named = stringWidth(NAMED.exec(line)?.[0] ?? "");
  const longest = Math.max(
    ...line
      .trimStart()
      .split(" ")
      .map((word) => stringWidth(word)),
  );
  const isRoom = named > 0 && named <= width / 2 && named + longest <= width;
  const indent = " ".repeat(isRoom ? named : (/^ */.exec(line)?.[0].length ?? 0) + HANGING);
  const [first = "", ...rest] = wrapAnsi(line, width, { trim: false }).split("\n");
  if (rest.length === 0) {
    return first;
  }
  const further = wrapAnsi(rest.join("").trimStart(), width - indent.length, { trim: true });
  return [first.trimEnd(), ...further.split("\n").map((one) => indent + one)].join("\n");
}
