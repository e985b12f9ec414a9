import { printable } from "../../../contract/printable";

/** What is shown of one text. */
const MOST_CHARACTERS = 300;

/** Somebody's text as code of Markdown: one line, within more backticks than it has, and no end of a table's cell. */
export function code(value: string): string {
  const line = printable(value).slice(0, MOST_CHARACTERS).replaceAll("|", "\\|");
  const fence = "`".repeat(1 + Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  const gap = line.startsWith("`") || line.endsWith("`") || line === "" ? " " : "";
  return `${fence}${gap}${line}${gap}${fence}`;
}
