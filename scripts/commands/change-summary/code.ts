import { printable } from "../../../contract/printable";

/** What is shown of one text: as long as a key in S3 may be, so that no folder and no glob that can match is cut. */
const MOST_CHARACTERS = 1024;

/** Readers of Markdown differ in whether the second backslash of `\\|` takes the first one's place or ends the cell. */
const BACKSLASHED_PIPE = /(?<=\\)\|/g;

/** Somebody's text as code of Markdown: one line, within more backticks than it has, and no end of a table's cell. */
export function code(value: string): string {
  const line = shortened(printable(value)).replaceAll(BACKSLASHED_PIPE, "\\u007c").replaceAll("|", "\\|");
  const fence = "`".repeat(1 + Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  const gap = line.startsWith("`") || line.endsWith("`") || line === "" ? " " : "";
  return `${fence}${gap}${line}${gap}${fence}`;
}

function shortened(line: string): string {
  const characters = [...line];
  const more = characters.length - MOST_CHARACTERS;
  return more <= 0 ? line : `${characters.slice(0, MOST_CHARACTERS).join("")}... (${more} more characters)`;
}
