import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import type { Path } from "../problems/path";

/** The offset of a key or of a value; of something that is missing, the offset of its nearest parent. */
export function offsetOf(document: Document, path: Path, part: "key" | "value"): number {
  let node = followAlias(document, document.contents);
  let offset = startOf(document.contents);
  for (const [depth, step] of path.entries()) {
    const child = childOf(document, node, step);
    if (child === undefined) {
      break;
    }
    const wantsKey = depth === path.length - 1 && part === "key";
    offset = startOf(wantsKey || isEmpty(child.value) ? (child.key ?? child.value) : child.value);
    node = followAlias(document, child.value);
  }
  return offset;
}

/** The text of a plain value that is none to YAML, such as `0123`, which is the number 123; undefined for any other. */
export function writtenAt(document: Document, path: Path): string | undefined {
  let node = followAlias(document, document.contents);
  for (const step of path) {
    node = followAlias(document, childOf(document, node, step)?.value);
  }
  return isScalar(node) && typeof node.value !== "string" ? node.source : undefined;
}

interface Child {
  readonly key?: unknown;
  readonly value: unknown;
}

function childOf(document: Document, node: unknown, step: string | number): Child | undefined {
  if (isSeq(node) && typeof step === "number") {
    return step in node.items ? { value: node.items[step] } : undefined;
  }
  if (!isMap(node)) {
    return undefined;
  }
  // The last of two equal keys is the one whose value is read.
  const own = node.items.findLast((pair: Pair) => isScalar(pair.key) && String(pair.key.value) === step);
  const merged = own === undefined ? mergedInto(document, node).map((map) => childOf(document, map, step)) : [];
  return own ?? merged.find((child) => child !== undefined);
}

/** The maps behind a merge key (`<<`, to the library a symbol); of several, the first that has a key counts. */
function mergedInto(document: Document, map: YAMLMap): unknown[] {
  const merges = map.items.filter(({ key }) => isScalar(key) && typeof key.value === "symbol");
  const sources = merges.map(({ value }) => followAlias(document, value));
  return sources
    .flatMap((source) => (isSeq(source) ? source.items : [source]))
    .map((one) => followAlias(document, one));
}

function followAlias(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** `Key:` with nothing behind it has a value of no length, which is no place to point to; `""` is one. */
function isEmpty(node: unknown): boolean {
  return isScalar(node) && node.source === "" && node.type === "PLAIN";
}

/** The offset at which a node begins; 0 where there is none. */
export function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
