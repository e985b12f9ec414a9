import type { Element } from "hast";
import { s } from "hastscript";
import { shortened } from "../../../../contract/printable";

/** Of a drawing, in its own units. */
export const WIDTH = 1120;

const GAP = 12;

/** A character of a box's title takes so much. */
const CHARACTER = 7.6;

/** Colours of buckets; more buckets than these share them. */
const COLOURS = 6;

export const colourOf = (bucket: number): string => `colour-${(bucket % COLOURS) + 1}`;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Below the title; may be empty. */
  readonly note: string;
  /** Whether lines come in here. */
  readonly end: boolean;
  readonly colour?: string;
  /** Where in the page it leads. */
  readonly href?: string;
}

export function box({ x, y, width, height, title, note, end, colour, href }: Box): Element {
  const most = Math.floor((width - 24) / CHARACTER);
  const middle = y + height / 2;
  const shape = s("g.box", [
    s("title", note === "" ? title : `${title}: ${note}`),
    s("rect.body", { x, y, width, height, rx: 6 }),
    ...(end ? [s("rect", { className: ["edge", colour ?? ""], x, y, width: 5, height, rx: 2 })] : []),
    s("text.title", { x: x + 14, y: note === "" ? middle + 5 : middle - 3 }, shortened(title, most)),
    ...(note === "" ? [] : [s("text.note", { x: x + 14, y: middle + 14 }, shortened(note, most + 4))]),
  ]);
  return href === undefined ? shape : s("a", { href }, shape);
}

/** The mean of some places; 0 of none. */
export const centre = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** A box that is to be put into a column. */
export interface Wanted {
  readonly name: string;
  readonly height: number;
  /** Boxes are sorted by it. */
  readonly wanted: number;
}

/** Boxes one below the other, with the same room between all of them. @param least of the column. */
export function placed(boxes: readonly Wanted[], least: number) {
  const whole = boxes.reduce((sum, { height }) => sum + height, 0);
  const height = Math.max(least, whole + GAP * (boxes.length - 1));
  const between = boxes.length === 1 ? 0 : (height - whole) / boxes.length;
  const tops = new Map<string, number>();
  let top = boxes.length === 1 ? (height - whole) / 2 : between / 2;
  for (const { name, height: own } of [...boxes].sort((a, b) => a.wanted - b.wanted)) {
    tops.set(name, top);
    top += own + between;
  }
  return { height, y: (name: string): number => tops.get(name) ?? 0 };
}
