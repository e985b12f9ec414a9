import { type Alias, isAlias, isMap, isScalar, isSeq, type Pair } from "yaml";
import { ExpansionError, type YamlTree } from "./yaml-tree";

/** So many lists and maps may lie in one another with all aliases written out: no text without any has more (see nesting.ts). */
const MOST_LEVELS = 512;

/**
 * So many characters and values may a document be with all its aliases written out: twice as much as the largest file. What
 * reads the data meets a value at each of its places.
 */
const LARGEST = 524_288;

interface Sized {
  readonly data: unknown;
  /** Characters and values, every alias written out. */
  readonly size: number;
  /** Lists and maps in one another, this one counted. */
  readonly levels: number;
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
    if (sized.levels > MOST_LEVELS) {
      throw new ExpansionError(`the aliases (*) make more than ${MOST_LEVELS} levels of lists and maps`, written);
    }
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
      // All that stands in the map comes first, in its order, and so does what the data does not have, such as the map of a merge
      // key. So whatever an alias stands for is known by the time something leads to it, here and to the tree, which looks for
      // the pairs of merged maps: neither goes deeper than the text, however long a chain the aliases make.
      for (const { value } of node.items) {
        this.of(value);
      }
      return this.record(this.tree.pairsOf(node));
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.of(item));
      return { data: items.map(({ data }) => data), size: sum(items), levels: levelsOf(items) };
    }
    const value = isScalar(node) ? node.value : null;
    return { data: value, size: typeof value === "string" ? 1 + value.length : 1, levels: 0 };
  }

  private record(pairs: ReadonlyMap<string, Pair>): Sized {
    const fields = [...pairs].map(([key, { value }]) => ({ key, ...this.of(value) }));
    const keys = fields.reduce((length, { key }) => length + key.length, 0);
    const data = Object.fromEntries(fields.map(({ key, data }) => [key, data]));
    return { data, size: keys + sum(fields), levels: levelsOf(fields) };
  }
}

function levelsOf(parts: readonly Sized[]): number {
  return parts.reduce((most, { levels }) => Math.max(most, levels), 0) + 1;
}

function sum(parts: readonly Sized[]): number {
  return parts.reduce((total, { size }) => total + size, 1);
}
