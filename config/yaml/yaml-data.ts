import { type Alias, isAlias, isMap, isPair, isScalar, isSeq, type Pair } from "yaml";
import { ExpansionError, type YamlTree } from "./yaml-tree";

/**
 * So many characters and values may a document be with all its aliases written out: twice as much as the largest file. What
 * reads the data meets a value at each of its places.
 */
const LARGEST = 524_288;

interface Sized {
  readonly data: unknown;
  /** Characters and values, every alias written out. */
  readonly size: number;
}

/**
 * A document as data. What several aliases stand for is one value at all of their places.
 * @throws ExpansionError where aliases lead back to themselves, or stand for too much.
 */
export function yamlData(tree: YamlTree): unknown {
  const conversion = new Conversion(tree);
  const { data, size } = conversion.of(tree.document.contents);
  if (size > LARGEST) {
    const message = `the aliases (*) stand for more than ${LARGEST} characters and values; this one for the most`;
    throw new ExpansionError(message, conversion.largest.alias);
  }
  return data;
}

class Conversion {
  /** The first alias that stands for more than any other. */
  largest: { readonly alias?: Alias; readonly size: number } = { size: 0 };
  private readonly known = new Map<unknown, Sized>();
  private readonly atWork = new Set<unknown>();

  constructor(private readonly tree: YamlTree) {}

  of(written: unknown): Sized {
    const sized = this.ofNode(written);
    if (isAlias(written) && sized.size > this.largest.size) {
      this.largest = { alias: written, size: sized.size };
    }
    return sized;
  }

  private ofNode(written: unknown): Sized {
    const node = this.tree.follow(written);
    const known = this.known.get(node);
    if (known !== undefined) {
      return known;
    }
    if (this.atWork.has(node)) {
      throw new ExpansionError("this alias (*) leads back to itself", written);
    }
    this.atWork.add(node);
    const sized = this.convert(node);
    this.atWork.delete(node);
    this.known.set(node, sized);
    return sized;
  }

  private convert(node: unknown): Sized {
    if (isMap(node)) {
      return this.record(this.tree.pairsOf(node));
    }
    if (isPair(node)) {
      return this.record(new Map([[String(node.key), node]]));
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.of(item));
      return { data: items.map(({ data }) => data), size: sum(items) };
    }
    const value = isScalar(node) ? node.value : null;
    return { data: value, size: typeof value === "string" ? 1 + value.length : 1 };
  }

  private record(pairs: ReadonlyMap<string, Pair>): Sized {
    const fields = [...pairs].map(([key, { value }]) => ({ key, ...this.of(value) }));
    const keys = fields.reduce((length, { key }) => length + key.length, 0);
    return { data: Object.fromEntries(fields.map(({ key, data }) => [key, data])), size: keys + sum(fields) };
  }
}

function sum(parts: readonly Sized[]): number {
  return parts.reduce((total, { size }) => total + size, 1);
}
