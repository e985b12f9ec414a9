import { isMap, isNode, isScalar, isSeq } from "yaml";
import type { Path } from "../problems/path";
import type { YamlTree } from "./yaml-tree";

/** The offset of a key or of a value; of something that is missing, the offset of its nearest parent. */
export function offsetOf(tree: YamlTree, path: Path, part: "key" | "value"): number {
  const { contents } = tree.document;
  let node = tree.follow(contents);
  let offset = startOf(contents);
  for (const [depth, step] of path.entries()) {
    const child = childOf(tree, node, step);
    if (child === undefined) {
      break;
    }
    const wantsKey = depth === path.length - 1 && part === "key";
    offset = startOf(wantsKey || isEmpty(child.value) ? (child.key ?? child.value) : child.value);
    node = tree.follow(child.value);
  }
  return offset;
}

/** The text of a plain value that is none to YAML, such as `0123`, which is the number 123; undefined for any other. */
export function writtenAt(tree: YamlTree, path: Path): string | undefined {
  let node = tree.follow(tree.document.contents);
  for (const step of path) {
    node = tree.follow(childOf(tree, node, step)?.value);
  }
  return isScalar(node) && typeof node.value !== "string" ? node.source : undefined;
}

interface Child {
  readonly key?: unknown;
  readonly value: unknown;
}

function childOf(tree: YamlTree, node: unknown, step: string | number): Child | undefined {
  if (isSeq(node) && typeof step === "number") {
    return step in node.items ? { value: node.items[step] } : undefined;
  }
  return isMap(node) ? tree.pairsOf(node).get(String(step)) : undefined;
}

/** `Key:` with nothing behind it has a value of no length, which is no place to point to; `""` is one. */
function isEmpty(node: unknown): boolean {
  return isScalar(node) && node.source === "" && node.type === "PLAIN";
}

/** The offset at which a node begins; 0 where there is none. */
export function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
