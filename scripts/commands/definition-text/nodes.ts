import { isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from "yaml";

/** Whether a pair has this key. */
export const isKey = ({ key }: Pair, name: string) => isScalar(key) && key.value === name;

/** The first pair of a map with this key. */
export const pairOf = (map: YAMLMap, name: string) => map.items.find((pair) => isKey(pair, name));

/** The key of a pair as text; empty where it is no single value. */
export const keyOf = ({ key }: Pair) => (isScalar(key) ? String(key.value) : "");

/** Where a node begins, and where it ends without what follows it. @throws Error for one that was not parsed */
export function rangeOf(node: unknown): readonly [number, number] {
  if ((isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) && node.range) {
    return [node.range[0], node.range[1]];
  }
  throw new Error("A node that was parsed has no range");
}

/** From the beginning of its key to the end of its value, or of its key where it has none. */
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

/** The offset of the dash before an entry; `undefined` where there is none. */
export function dashOf({ srcToken }: YAMLSeq, index: number): number | undefined {
  const start = srcToken?.type === "block-seq" ? srcToken.items[index]?.start : undefined;
  return start?.find(({ type }) => type === "seq-item-ind")?.offset;
}
