import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Path } from "../../../config/problems/path";
import { missing, unreachable } from "./place-errors";
import { isBlank, TextLines } from "./text-lines";
import { flowText, itemText, pairText, type Style, scalarText, styleOf } from "./value-text";
import { dashOf, isEmpty, isKey, keyOf, lastOffset, pairOf, rangeOf, rangeOfPair } from "./yaml-nodes";

/** Keys of a map in the order in which they are usually written. */
export type KeyOrder = (path: Path) => readonly string[];

/**
 * A YAML or JSON text in which single values are changed, and nothing else: comments, order, quotes, blank lines and line ends stay
 * as they are. It knows places, and not what a change means: whoever calls it compares the data before and after.
 */
export class YamlText {
  private readonly contents: unknown;
  private readonly lines: TextLines;
  private readonly style: Style;

  constructor(
    private readonly text: string,
    private readonly order: KeyOrder,
  ) {
    const document = parseDocument(text, { keepSourceTokens: true, uniqueKeys: false });
    this.contents = document.contents;
    this.lines = new TextLines(text);
    this.style = styleOf(text, document);
  }

  /** The text with a value at a path, which takes the place of another, or comes where it belongs. @throws UserError */
  set(path: Path, value: unknown): string {
    const key = path.at(-1);
    const parentPath = path.slice(0, -1);
    const parent = this.nodeAt(parentPath);
    if (typeof key === "string" && isMap(parent)) {
      const pair = pairOf(parent, key);
      return pair === undefined
        ? this.insertPair(parent, key, value, parentPath)
        : this.replaceValue(parent, pair, value, path);
    }
    if (typeof key === "number" && isSeq(parent)) {
      return key < parent.items.length ? this.replaceItem(parent, key, value, path) : this.append(parent, value);
    }
    if (key === undefined || (parent !== undefined && !isEmpty(parent))) {
      throw unreachable(path);
    }
    return this.set(parentPath, typeof key === "number" ? [value] : { [key]: value });
  }

  /** The text without the value at a path, and without the comment above it. @throws UserError where there is none. */
  remove(path: Path): string {
    const parent = this.nodeAt(path.slice(0, -1));
    const key = path.at(-1);
    if (typeof key === "string" && isMap(parent)) {
      const index = parent.items.findIndex((pair) => isKey(pair, key));
      return parent.flow
        ? this.removeFlow(parent.items.map(rangeOfPair), index, path)
        : this.removePair(parent, index, path);
    }
    if (typeof key === "number" && isSeq(parent)) {
      return parent.flow ? this.removeFlow(parent.items.map(rangeOf), key, path) : this.removeItem(parent, key, path);
    }
    throw unreachable(path);
  }

  /** Undefined where there is none. @throws UserError where an alias or merge key stands in the way. */
  private nodeAt(path: Path): unknown {
    return path.reduce<unknown>((node, key, index) => {
      const next =
        typeof key === "string" && isMap(node)
          ? pairOf(node, key)?.value
          : typeof key === "number" && isSeq(node)
            ? node.items[key]
            : undefined;
      if (isAlias(next)) {
        throw unreachable(path.slice(0, index + 1));
      }
      return next;
    }, this.contents);
  }

  private replaceValue(map: YAMLMap, pair: Pair, value: unknown, path: Path): string {
    const old = pair.value;
    const [keyStart, keyEnd] = rangeOf(pair.key);
    if (isAlias(old)) {
      throw unreachable(path);
    }
    if (isSingle(value) && (isScalar(old) || old === null)) {
      const [start, end] = old === null ? [this.afterColon(keyEnd), this.afterColon(keyEnd)] : rangeOf(old);
      return this.replaceScalar(start, end, old ?? undefined, value, map.flow === true);
    }
    return map.flow
      ? this.splice(...rangeOf(old), flowText(value, this.lines.columnIfAlone(keyStart), this.style))
      : this.splice(
          keyStart,
          this.contentEnd(pair),
          pairText(keyOf(pair), value, this.lines.column(keyStart), this.style),
        );
  }

  private replaceItem(seq: YAMLSeq, index: number, value: unknown, path: Path): string {
    const old = seq.items[index];
    if (isAlias(old)) {
      throw unreachable(path);
    }
    const [start, end] = rangeOf(old);
    if (isSingle(value) && isScalar(old)) {
      return this.replaceScalar(start, end, old, value, seq.flow === true);
    }
    if (seq.flow) {
      return this.splice(start, end, flowText(value, this.lines.columnIfAlone(start), this.style));
    }
    const dash = dashOf(seq, index, path);
    return this.splice(dash, this.contentEnd(old), itemText(value, this.lines.column(dash), this.style));
  }

  private replaceScalar(start: number, end: number, old: unknown, value: unknown, isFlow: boolean): string {
    const scalar = isScalar(old) ? old : undefined;
    const isBlock = /^BLOCK_/.test(scalar?.type ?? "");
    const isQuoted = /^QUOTE_/.test(scalar?.type ?? "");
    const made =
      scalar === undefined || (isFlow && !isQuoted)
        ? flowText(value, undefined, this.style)
        : scalarText(value, scalar as Scalar, this.style);
    const before = /\s/.test(this.text.charAt(start - 1)) ? "" : start === end ? " " : "";
    return this.splice(start, isBlock ? this.lines.withoutLineBreak(end) : end, `${before}${made}`);
  }

  private insertPair(map: YAMLMap, key: string, value: unknown, path: Path): string {
    const order = this.order(path);
    const rank = (name: string) => order.indexOf(name);
    const before = map.items.filter((pair) => rank(keyOf(pair)) < rank(key)).at(-1);
    const [first] = map.items;
    if (map.flow) {
      const name = this.style.isJson ? JSON.stringify(key) : key;
      return this.insertFlow(map, before === undefined ? undefined : rangeOfPair(before), (column) => {
        return `${name}: ${flowText(value, column, this.style)}`;
      });
    }
    const column = this.lines.column(rangeOf(first?.key)[0]);
    const made = pairText(key, value, column, this.style);
    const indentation = `${this.style.eol}${" ".repeat(column)}`;
    if (before === undefined) {
      const [start] = rangeOf(first?.key);
      return this.splice(start, start, `${made}${indentation}`);
    }
    const end = this.endWithComments(this.contentEnd(before), column);
    return this.splice(end, end, `${indentation}${made}`);
  }

  private append(seq: YAMLSeq, value: unknown): string {
    const last = seq.items.at(-1);
    if (seq.flow) {
      const after = last === undefined ? undefined : rangeOf(last);
      return this.insertFlow(seq, after, (column) => flowText(value, column, this.style));
    }
    const column = this.lines.column(dashOf(seq, 0, []));
    const end = this.endWithComments(this.contentEnd(last), column);
    return this.splice(end, end, `${this.style.eol}${" ".repeat(column)}${itemText(value, column, this.style)}`);
  }

  /** @param after the entry that comes before; undefined: it is the first one. */
  private insertFlow(
    collection: YAMLMap | YAMLSeq,
    after: readonly [number, number] | undefined,
    made: (column: number | undefined) => string,
  ): string {
    const [start] = rangeOf(collection);
    const [firstItem] = collection.items;
    const first =
      firstItem === undefined ? undefined : isMap(collection) ? rangeOf((firstItem as Pair).key) : rangeOf(firstItem);
    if (first === undefined) {
      return this.splice(start + 1, start + 1, made(undefined));
    }
    const column = this.lines.columnIfAlone(first[0]);
    const divider = column === undefined ? ", " : `,${this.style.eol}${" ".repeat(column)}`;
    return after === undefined
      ? this.splice(first[0], first[0], `${made(column)}${divider}`)
      : this.splice(after[1], after[1], `${divider}${made(column)}`);
  }

  private removeFlow(ranges: readonly (readonly [number, number])[], index: number, path: Path): string {
    const own = ranges[index];
    if (own === undefined) {
      throw missing(path);
    }
    const next = ranges[index + 1];
    const previous = ranges[index - 1];
    if (next !== undefined) {
      return this.splice(own[0], next[0], "");
    }
    return this.splice(previous?.[1] ?? own[0], own[1], "");
  }

  private removePair(map: YAMLMap, index: number, path: Path): string {
    const pair = map.items[index];
    if (pair === undefined) {
      throw missing(path);
    }
    const [start] = rangeOf(pair.key);
    if (!isBlank(this.text.slice(this.lines.lineStart(start), start))) {
      const next = map.items[index + 1];
      if (next === undefined) {
        throw unreachable(path);
      }
      return this.splice(start, rangeOf(next.key)[0], ""); // The first of an entry of a list, after its dash.
    }
    return this.removeLines(start, this.contentEnd(pair));
  }

  private removeItem(seq: YAMLSeq, index: number, path: Path): string {
    if (index >= seq.items.length) {
      throw missing(path);
    }
    const dash = dashOf(seq, index, path);
    if (!isBlank(this.text.slice(this.lines.lineStart(dash), dash))) {
      throw unreachable(path);
    }
    return this.removeLines(dash, this.contentEnd(seq.items[index]));
  }

  /** Whole lines, with the comment right above, but for one at the top of the file, and one of two empty lines around. */
  private removeLines(from: number, contentEnd: number): string {
    const column = this.lines.column(from);
    let start = this.lines.lineStart(from);
    for (let above = this.lines.lineStart(start - 1); start > 0; above = this.lines.lineStart(start - 1)) {
      const line = this.text.slice(above, start);
      if (!line.startsWith(`${" ".repeat(column)}#`)) {
        break;
      }
      if (above === 0) {
        start = this.lines.lineStart(from);
        break;
      }
      start = above;
    }
    let end = this.lines.nextLine(this.endWithComments(contentEnd, column));
    const above = start === 0 ? "" : this.text.slice(this.lines.lineStart(start - 1), start);
    const below = this.text.slice(end, this.lines.nextLine(end));
    if (isBlank(above) && isBlank(below)) {
      end = this.lines.nextLine(end);
    }
    return this.splice(start, end, "");
  }

  /** Where the line ends in which a node or pair has its last character. */
  private contentEnd(node: unknown): number {
    const end = this.lines.withoutLineBreak(lastOffset(node));
    const lineBreak = this.text.indexOf("\n", end);
    return this.lines.withoutLineBreak(lineBreak === -1 ? this.text.length : lineBreak + 1);
  }

  /** With the comments that follow deeper in the text: they belong to what is above. */
  private endWithComments(end: number, column: number): number {
    const next = this.lines.nextLine(end);
    const line = this.text.slice(next, this.lines.nextLine(next));
    const isDeeper = /^ *#/.test(line) && line.indexOf("#") > column;
    return isDeeper && next > end
      ? this.endWithComments(this.lines.withoutLineBreak(this.lines.nextLine(next)), column)
      : end;
  }

  private afterColon(keyEnd: number): number {
    return this.text.indexOf(":", keyEnd) + 1;
  }

  private splice(start: number, end: number, made: string): string {
    return `${this.text.slice(0, start)}${made}${this.text.slice(end)}`;
  }
}

const isSingle = (value: unknown) => typeof value !== "object" || value === null;
