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
    Math.max(...[head, ...rows.flatMap((row) => linesOf(row[index] ?? ""))].map((line) => stringWidth(line))),
  );
  const room = width - indent - GAP * (columns.length - 1);
  const whole = natural.filter((_, index) => columns[index]?.isWhole);
  const others = fitted(
    natural.filter((_, index) => !columns[index]?.isWhole),
    room - sum(whole),
  );
  const isKept = sum(whole) + sum(others) <= room;
  const widths = isKept ? columns.map(({ isWhole }) => (isWhole ? whole : others).shift() ?? 0) : fitted(natural, room);
  const made = new Table({
    head: columns.map(({ head }, index) => shown({ text: head, format: "bold" }, widths[index] ?? 0)),
    colAligns: columns.map(({ align = "left" }) => align),
    colWidths: [...widths],
    chars: NO_BORDERS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  made.push(...rows.map((row) => columns.map((_, index) => shown(row[index] ?? "", widths[index] ?? 0))));
  return made
    .toString()
    .split("\n")
    .map((line) => `${" ".repeat(indent)}${line}`.trimEnd())
    .join("\n");
}

const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text);

const linesOf = (cell: Cell): string[] => textOf(cell).split("\n").map(printable);

/** A cell's lines, none wider than its column; each has its colour for itself. */
function shown(cell: Cell, width: number): string {
  const lines = linesOf(cell).flatMap((line) => wrapAnsi(line, width, { hard: true }).split("\n"));
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
