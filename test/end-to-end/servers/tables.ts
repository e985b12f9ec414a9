import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = join(__dirname, "..", "..", "..", "docs", "servers.md");

/** Cells by the names of their columns. */
export type Row = Readonly<Record<string, string>>;

/** Comes before a table. */
const marker = (name: string) => `<!-- ${name} -->\n\n`;

/** The lines of a table of docs/servers.md, and what stands before and after them. @throws Error where there is none. */
function cut(name: string): { readonly before: string; readonly lines: readonly string[]; readonly after: string } {
  const page = readFileSync(PAGE, "utf8");
  const start = page.indexOf(marker(name)) + marker(name).length;
  const end = page.indexOf("\n\n", start);
  if (start < marker(name).length || end < 0) {
    throw new Error(`docs/servers.md has no table after ${marker(name).trim()}`);
  }
  return { before: page.slice(0, start), lines: page.slice(start, end).split("\n"), after: page.slice(end) };
}

const cells = (line: string) =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

export function readTable(name: string): readonly Row[] {
  const [header = "", , ...lines] = cut(name).lines;
  const columns = cells(header);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, index) => [columns[index] ?? "", cell])));
}

/** Puts rows, which have the same columns, in the place of a table. */
export function writeTable(name: string, rows: readonly Row[]): void {
  const { before, after } = cut(name);
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, columns.map(() => "---"), ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
  writeFileSync(PAGE, before + lines.map((line) => `| ${line.join(" | ")} |`).join("\n") + after);
}
