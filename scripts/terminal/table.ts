import Table from "cli-table3";
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import { printable } from "../../contract/printable";
import { type Format, styled } from "./style";
import { lineWidth } from "./width";

export interface Column {
  readonly head: string;
  /** Numbers are read from the right. */
  readonly align?: "left" | "right";
  /** For what people copy: no cell is broken as long as other columns can give way. */
  readonly isWhole?: boolean;
}

/** A text, whose line breaks count; with a colour, where the terminal has them. */
export type Cell = string | { readonly text: string; readonly format: Format };

export interface TableOptions {
  /** Columns of the terminal that it may take; default: all. */
  readonly width?: number;
  /** Blanks before each line, which count as part of its width; default: none. */
  readonly indent?: number;
}

/** Blanks between two columns. */
const GAP = 2;

/** A column is made no narrower than this for the sake of others. */
const NARROWEST = 8;

/** The library hands all rows to one call as arguments, for which a stack has room up to some hundred thousand. */
const ROWS_AT_A_TIME = 1000;

const NO_BORDERS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: " ".repeat(GAP),
};

/**
 * Rows under their heads, without lines between them. What does not fit goes on in the column's next line; the widest
 * columns give way first.
 * @param rows a cell for each column; those that are missing at the end are empty.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { width = lineWidth(), indent = 0 }: TableOptions = {},
): string {
  const natural = columns.map(({ head }, index) =>
    [head, ...rows.flatMap((row) => linesOf(row[index] ?? ""))].reduce(
      (most, line) => Math.max(most, stringWidth(line)),
      0,
    ),
  );
  const room = width - indent - GAP * (columns.length - 1);
  const whole = natural.filter((_, index) => columns[index]?.isWhole);
  const others = fitted(
    natural.filter((_, index) => !columns[index]?.isWhole),
    room - sum(whole),
  );
  const isKept = sum(whole) + sum(others) <= room;
  const widths = isKept ? columns.map(({ isWhole }) => (isWhole ? whole : others).shift() ?? 0) : fitted(natural, room);
  const lines: string[] = [];
  for (let from = 0; from === 0 || from < rows.length; from += ROWS_AT_A_TIME) {
    const made = new Table({
      head: from > 0 ? [] : columns.map(({ head }, index) => shown({ text: head, format: "bold" }, widths[index] ?? 0)),
      colAligns: columns.map(({ align = "left" }) => align),
      colWidths: [...widths],
      chars: NO_BORDERS,
      style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
    });
    for (const row of rows.slice(from, from + ROWS_AT_A_TIME)) {
      made.push(columns.map((_, index) => shown(row[index] ?? "", widths[index] ?? 0)));
    }
    lines.push(made.toString());
  }
  return lines
    .join("\n")
    .split("\n")
    .map((line) => `${" ".repeat(indent)}${line}`.trimEnd())
    .join("\n");
}

const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text);

const linesOf = (cell: Cell): string[] => textOf(cell).split("\n").map(printable);

/** A cell's lines, none wider than its column; each has its colour for itself. */
function shown(cell: Cell, width: number): string {
  // Most cells fit, and wrapping is what takes long.
  const fits = (line: string) => line === line.trim() && stringWidth(line) <= width;
  const lines = linesOf(cell).flatMap((line) =>
    fits(line) ? [line] : wrapAnsi(line, width, { hard: true }).split("\n"),
  );
  return lines.map((line) => (typeof cell === "string" ? line : styled(cell.format, line))).join("\n");
}

/** Widths that come to no more than the whole, if that is possible. */
function fitted(natural: readonly number[], whole: number): number[] {
  const widths = [...natural];
  for (let over = sum(widths) - whole; over > 0; over = sum(widths) - whole) {
    const widest = Math.max(...widths);
    const next = Math.max(NARROWEST, ...widths.filter((width) => width < widest));
    if (widest <= NARROWEST) {
      break;
    }
    const wide = widths.flatMap((width, index) => (width === widest ? [index] : []));
    const share = Math.max(1, Math.min(widest - next, Math.floor(over / wide.length)));
    for (const index of wide.slice(0, over)) {
      widths[index] = widest - share;
    }
  }
  return widths;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
