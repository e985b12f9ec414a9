import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Pair } from "yaml";
import type { Path } from "./path";

/** The offset of a key or of a value; of something that is missing, the offset of its nearest parent. */
export function offsetOf(document: Document, path: Path, part: "key" | "value"): number {
  let node = followAlias(document, document.contents);
  let offset = startOf(document.contents);
  for (const [depth, step] of path.entries()) {
    const child = childOf(node, step);
    if (child === undefined) {
      break;
    }
    const wantsKey = depth === path.length - 1 && part === "key";
    offset = startOf(wantsKey || isEmpty(child.value) ? (child.key ?? child.value) : child.value);
    node = followAlias(document, child.value);
  }
  return offset;
}

interface Child {
  readonly key?: unknown;
  readonly value: unknown;
}

function childOf(node: unknown, step: string | number): Child | undefined {
  if (isSeq(node) && typeof step === "number") {
    return step in node.items ? { value: node.items[step] } : undefined;
  }
  if (!isMap(node)) {
    return undefined;
  }
  // The last of two equal keys is the one whose value is read.
  return node.items.findLast((pair: Pair) => isScalar(pair.key) && String(pair.key.value) === step);
}

function followAlias(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** `Key:` with nothing behind it has a value of no length, which is no place to point to. */
function isEmpty(node: unknown): boolean {
  return isScalar(node) && node.source === "";
}

export function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
