import { isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { Path } from "../../../config/problems/path";
import { unreachable } from "./place-errors";

export const isEmpty = (node: unknown) => isScalar(node) && node.value === null;

export const isKey = ({ key }: Pair, name: string) => isScalar(key) && key.value === name;

export const pairOf = (map: YAMLMap, name: string) => map.items.find((pair) => isKey(pair, name));

export const keyOf = ({ key }: Pair) => (isScalar(key) ? String(key.value) : "");

export function rangeOf(node: unknown): readonly [number, number] {
  if ((isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) && node.range) {
    return [node.range[0], node.range[1]];
  }
  throw new Error("A node that was parsed has no range");
}

export const rangeOfPair = ({ key, value }: Pair): readonly [number, number] => [
  rangeOf(key)[0],
  rangeOf(value === null ? key : value)[1],
];

/** After the last character of a node or pair; a block's own range goes on to what follows it. */
export function lastOffset(node: unknown): number {
  if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0) {
    return lastOffset(node.items.at(-1));
  }
  if (typeof node === "object" && node !== null && "key" in node && "value" in node) {
    return lastOffset(node.value ?? node.key);
  }
  return rangeOf(node)[1];
}

/** The offset of the dash before an entry. @throws UserError where it has none. */
export function dashOf({ srcToken }: YAMLSeq, index: number, path: Path): number {
  const start = srcToken?.type === "block-seq" ? srcToken.items[index]?.start : undefined;
  const dash = start?.find(({ type }) => type === "seq-item-ind");
  if (dash === undefined) {
    throw unreachable(path);
  }
  return dash.offset;
}
