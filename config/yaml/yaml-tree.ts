import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Pair, visit, type YAMLMap } from "yaml";

/** Why the aliases or merge keys of a document stand for nothing; in words for its author. */
export class ExpansionError extends Error {
  /** @param node where the mistake is. */
  constructor(
    message: string,
    readonly node: unknown,
  ) {
    super(message);
  }
}

/** So many keys may all merge keys (`<<`) of a document bring together: more than a file without any has room for. */
const MOST_MERGED_KEYS = 100_000;

/**
 * A document with what its aliases stand for. Everything is looked up once, and kept: the library looks for an anchor through
 * the whole document, for each alias again.
 */
export class YamlTree {
  /** Aliases without an anchor before them, in their order. */
  readonly unresolved: readonly Alias[];
  /** Keys that their map has already, in their order. */
  readonly repeatedKeys: readonly unknown[];
  private readonly targets = new Map<unknown, unknown>();
  private readonly pairsOfMaps = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  private mergedKeys = 0;

  constructor(readonly document: Document) {
    const anchors = new Map<string, unknown>();
    const unresolved: Alias[] = [];
    const repeatedKeys: unknown[] = [];
    visit(document, {
      Node: (_, node) => {
        if (isAlias(node)) {
          const target = anchors.get(node.source);
          this.targets.set(node, target);
          if (target === undefined) {
            unresolved.push(node);
          }
        } else if (node.anchor !== undefined) {
          anchors.set(node.anchor, node);
        }
        if (isMap(node)) {
          for (const key of repeated(node)) {
            repeatedKeys.push(key);
          }
        }
      },
    });
    this.unresolved = unresolved;
    this.repeatedKeys = repeatedKeys;
  }

  /** The node itself, or what it is an alias of. */
  follow(node: unknown): unknown {
    return isAlias(node) ? this.targets.get(node) : node;
  }

  /**
   * The pairs of a map by their keys, with those of its merge keys (`<<`): its own come first, then the first map that has a
   * key. Of two equal keys the last one counts.
   * The maps that it merges must have been asked for before, as yaml-data.ts does, which also refuses circles: then it never
   * goes deeper than one merge key.
   * @throws ExpansionError where a merge key has no map, or the merge keys bring too much.
   */
  pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.pairsOfMaps.get(map);
    if (known !== undefined) {
      return known;
    }
    const own = map.items.filter(({ key }) => !isMergeKey(key));
    const pairs = new Map(own.map((pair) => [keyText(pair.key), pair]));
    for (const pair of map.items.filter(({ key }) => isMergeKey(key))) {
      this.merge(pair, pairs);
    }
    this.pairsOfMaps.set(map, pairs);
    return pairs;
  }

  private merge({ value }: Pair, pairs: Map<string, Pair>): void {
    const source = this.follow(value);
    for (const one of isSeq(source) ? source.items : [source]) {
      const map = this.follow(one);
      if (!isMap(map)) {
        throw new ExpansionError("a merge key (<<) takes maps alone", value);
      }
      for (const [key, pair] of this.pairsOf(map)) {
        this.mergedKeys += 1;
        if (this.mergedKeys > MOST_MERGED_KEYS) {
          throw new ExpansionError(`the merge keys (<<) stand for more than ${MOST_MERGED_KEYS} keys`, value);
        }
        if (!pairs.has(key)) {
          pairs.set(key, pair);
        }
      }
    }
  }
}

function repeated({ items }: YAMLMap): unknown[] {
  const texts = new Set<string>();
  return items.flatMap(({ key }) => {
    const text = keyText(key);
    if (texts.has(text)) {
      return [key];
    }
    texts.add(text);
    return [];
  });
}

/** A key as the data has it: 1 and "1" are one. What has a key that is no scalar is not read (see odd-nodes.ts). */
function keyText(key: unknown): string {
  return isScalar(key) && key.value !== null ? String(key.value) : "";
}

/** To the library `<<` is a symbol. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && typeof key.value === "symbol";
}
