import Table from "cli-table3";
import { printable } from "../../contract/printable";
import { styled } from "./style";
import { lineWidth } from "./width";

export interface Column {
  readonly head: string;
  /** Numbers are read from the right. */
  readonly align?: "left" | "right";
}

export interface TableOptions {
  /** Columns of the terminal that it may take; default: all. */
  readonly width?: number;
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
 * @param rows a text for each column, whose line breaks count.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width = lineWidth() }: TableOptions = {},
): string {
  const lines = rows.map((row) => row.map((cell) => cell.split("\n").map(printable).join("\n")));
  const natural = columns.map(({ head }, index) =>
    Math.max(head.length, ...lines.flatMap((row) => (row[index] ?? "").split("\n").map((line) => line.length))),
  );
  const made = new Table({
    head: columns.map(({ head }) => styled("bold", head)),
    colAligns: columns.map(({ align = "left" }) => align),
    colWidths: fitted(natural, width - GAP * (columns.length - 1)),
    chars: NO_BORDERS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
    wordWrap: true,
    wrapOnWordBoundary: false,
  });
  made.push(...lines);
  return made
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
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
