import { ANY_DIGIT, type Keys, type Levels } from "./key-tree";

/** Stands for any text, with slashes too, in a level of a policy: no valid level has it. */
export const ANY_TEXT = "\u0001";

/**
 * What a policy takes in that has ANY_TEXT among its levels. Each part between these is looked for where it comes first: that takes
 * no longer for many of them.
 */
export class PolicyPattern {
  private readonly beginning: RegExp;
  private readonly others: readonly RegExp[];

  /** @param levels below which the policy allows everything. */
  constructor(levels: Levels) {
    const [first = "", ...others] = `${levels.join("/")}/`.split(ANY_TEXT);
    this.beginning = new RegExp(regularExpression(first), "y");
    this.others = others.map((part) => new RegExp(regularExpression(part), "g"));
  }

  /** Whether it takes in some of these keys: in a folder below, any name may stand. */
  takesIn({ levels, depth }: Keys): boolean {
    const text = `${levels.join("/")}/`;
    let place = endOf(this.beginning, text, 0);
    for (const part of place === undefined || depth > 0 ? [] : this.others) {
      place = place === undefined ? undefined : endOf(part, text, place);
    }
    return place !== undefined;
  }
}

function endOf(part: RegExp, text: string, from: number): number | undefined {
  part.lastIndex = from;
  return part.test(text) ? part.lastIndex : undefined;
}

/** A digit of a tag is any character to a policy, a slash too; in a key it is one of those that the policy may name. */
function regularExpression(part: string): string {
  return part.replaceAll(/[0-9]|\0|[\\^$.*+?()[\]{}|]/g, (sign) =>
    sign === ANY_DIGIT ? "[\\s\\S]" : /[0-9]/.test(sign) ? `[${sign}${ANY_DIGIT}]` : `\\${sign}`,
  );
}
