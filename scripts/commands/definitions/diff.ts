import { structuredPatch } from "diff";
import { printable } from "../../../contract/printable";
import { styled } from "../../terminal/style";

/** Lines around a change. */
const CONTEXT = 2;

/** Removed and added lines with some around them, as `diff -u` has them; empty where nothing differs. */
export function diffText(
  file: string,
  before: string,
  after: string,
  stream: NodeJS.WriteStream = process.stdout,
): string {
  const { hunks } = structuredPatch(file, file, lines(before), lines(after), "", "", { context: CONTEXT });
  return hunks
    .flatMap(({ oldStart, lines: changed }) => [
      styled("cyan", `${file}:${oldStart}`, stream),
      ...changed.filter((line) => !line.startsWith("\\")).map((line) => coloured(printable(line), stream)),
    ])
    .join("\n");
}

/** Ends of lines are no change that people see; they stay as they are in any case. */
const lines = (text: string) => text.replaceAll("\r\n", "\n");

function coloured(line: string, stream: NodeJS.WriteStream): string {
  if (line.startsWith("+")) {
    return styled("green", line, stream);
  }
  return line.startsWith("-") ? styled("red", line, stream) : line;
}
