/** Stands for any digit in a level of a key: no valid level has it. */
export const ANY_DIGIT = "\0";

/** Levels of a key, such as `in`, with ANY_DIGIT as often as a tag has digits in a date. */
export type Levels = readonly string[];

/** Keys below `levels`, down to `depth` further ones. */
export interface Keys {
  readonly levels: Levels;
  readonly depth: number;
}

/** What is added, by what it depends on whether it matters. */
export interface Added {
  /** What is looked for: one of few. */
  readonly kind: string;
  /** All of one owner are added one after the other. */
  readonly owner: string;
  /** Grows from one to the next. */
  readonly order: number;
}

/**
 * Of many keys those that can be equal. A tree by levels, in which each node keeps of what was added there and below the first of
 * each kind that reaches as far as may be asked for: so nothing is compared with everything before it. Levels with tags are
 * compared with those beside them that have the same form.
 */
export class KeyTree {
  private readonly root = new TreeNode();

  add({ levels, depth }: Keys, added: Added): void {
    let node = this.root;
    node.noteBelow(levels.length, added);
    for (const [index, level] of levels.entries()) {
      node = node.child(level);
      node.noteBelow(levels.length - index - 1, added);
    }
    node.noteHere(depth, added);
  }

  /** The first of a kind whose keys can be among these, or these among its. */
  first({ levels, depth }: Keys, kind: string): number | undefined {
    let nodes: readonly TreeNode[] = [this.root];
    let found: number | undefined;
    for (const [index, level] of levels.entries()) {
      found = firstOf([found, ...nodes.map((node) => node.hereReaching(levels.length - index, kind))]);
      nodes = nodes.flatMap((node) => node.childrenEqualTo(level));
    }
    return firstOf([found, ...nodes.flatMap((node) => [node.hereReaching(0, kind), node.belowWithin(depth, kind)])]);
  }

  /**
   * The first of another owner that a policy for all below these levels takes in: to a policy any character is a digit, a slash
   * too, so that one level of it may be several of a key.
   */
  below(levels: Levels, owner: string): number | undefined {
    let nodes: readonly TreeNode[] = [this.root];
    for (const [index, level] of levels.entries()) {
      const isLast = index === levels.length - 1;
      nodes = nodes.flatMap((node) => (isLast ? node.nodesInPolicy(level) : node.childrenEqualTo(level)));
    }
    return firstOf(nodes.map((node) => node.ofOthers(owner)));
  }
}

function firstOf(orders: readonly (number | undefined)[]): number | undefined {
  return orders.reduce(
    (first, order) => (first === undefined || (order !== undefined && order < first) ? order : first),
    undefined,
  );
}

/** The first that reaches as far as is asked for: of what came later, only what reaches farther is kept. */
class Reaches {
  private readonly kept: { readonly reach: number; readonly order: number }[] = [];

  note(reach: number, order: number): void {
    if (reach > (this.kept.at(-1)?.reach ?? Number.NEGATIVE_INFINITY)) {
      this.kept.push({ reach, order });
    }
  }

  first(reach: number): number | undefined {
    let [low, high] = [0, this.kept.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      [low, high] = (this.kept[middle]?.reach ?? 0) < reach ? [middle + 1, high] : [low, middle];
    }
    return this.kept[low]?.order;
  }
}

class TreeNode {
  private readonly children = new Map<string, TreeNode>();
  /** Levels of the children by their form, all of them and those with tags. */
  private readonly all = new Map<string, string[]>();
  private readonly tagged = new Map<string, string[]>();
  private readonly here = new Map<string, Reaches>();
  private readonly lower = new Map<string, Reaches>();
  /** The first below, and the first of another owner than that one's. */
  private readonly owners: Added[] = [];

  child(level: string): TreeNode {
    const known = this.children.get(level);
    if (known !== undefined) {
      return known;
    }
    const node = new TreeNode();
    this.children.set(level, node);
    listIn(this.all, formOf(level)).push(level);
    if (level.includes(ANY_DIGIT)) {
      listIn(this.tagged, formOf(level)).push(level);
    }
    return node;
  }

  noteHere(depth: number, { kind, order }: Added): void {
    reachesIn(this.here, kind).note(depth, order);
  }

  /** @param levels down to it. */
  noteBelow(levels: number, added: Added): void {
    reachesIn(this.lower, added.kind).note(-levels, added.order);
    if (this.owners.length < 2 && this.owners[0]?.owner !== added.owner) {
      this.owners.push(added);
    }
  }

  hereReaching(depth: number, kind: string): number | undefined {
    return this.here.get(kind)?.first(depth);
  }

  belowWithin(levels: number, kind: string): number | undefined {
    return this.lower.get(kind)?.first(-levels);
  }

  ofOthers(owner: string): number | undefined {
    return this.owners.find((one) => one.owner !== owner)?.order;
  }

  childrenEqualTo(level: string): TreeNode[] {
    const isTagged = level.includes(ANY_DIGIT);
    const alike = (isTagged ? this.all : this.tagged).get(formOf(level)) ?? [];
    return this.nodesOf([...(isTagged ? [] : [level]), ...alike.filter((other) => canBeEqual(level, other))]);
  }

  /** Nodes below, whose levels together are as long as this one. */
  nodesInPolicy(level: string): TreeNode[] {
    if (!level.includes(ANY_DIGIT)) {
      return this.childrenEqualTo(level);
    }
    return [...this.children].flatMap(([other, node]) => {
      const { length } = other;
      if (!isInPolicy(level.slice(0, length), other)) {
        return [];
      }
      const isSlash = level.charAt(length) === ANY_DIGIT;
      return length === level.length ? [node] : isSlash ? node.nodesInPolicy(level.slice(length + 1)) : [];
    });
  }

  private nodesOf(levels: readonly string[]): TreeNode[] {
    return levels.flatMap((level) => this.children.get(level) ?? []);
  }
}

/** What levels have in common that can be equal. */
function formOf(level: string): string {
  return level.replaceAll(/[0-9\0]/g, "0");
}

/** Of two levels of one form. */
function canBeEqual(a: string, b: string): boolean {
  return a.split("").every((unit, index) => unit === b[index] || unit === ANY_DIGIT || b[index] === ANY_DIGIT);
}

function isInPolicy(level: string, other: string): boolean {
  return (
    level.length === other.length && level.split("").every((unit, index) => unit === ANY_DIGIT || unit === other[index])
  );
}

function listIn(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function reachesIn(all: Map<string, Reaches>, kind: string): Reaches {
  const reaches = all.get(kind) ?? new Reaches();
  all.set(kind, reaches);
  return reaches;
}
