import { type AST, RegExpParser } from "@eslint-community/regexpp";

/** Copies of one part that a bounded quantifier may stand for. */
const MOST_COPIES = 1000;

/** Work done so far: one step is one instruction at one place of a text. */
export interface StepCount {
  steps: number;
}

type Instruction =
  /** One UTF-16 unit, as JavaScript's own expressions without the flag u read a text. */
  | { readonly op: "unit"; readonly test: (unit: string) => boolean; readonly next: number }
  | { readonly op: "fork"; to: readonly number[] }
  | { readonly op: "start" | "end"; readonly next: number }
  | { readonly op: "look"; readonly entry: number; readonly isNegated: boolean; readonly next: number }
  | { readonly op: "match" };

type Condition = Extract<Instruction, { op: "start" | "end" | "look" }>;

/** One text on its way through the expression. */
interface Walk {
  readonly text: string;
  /** What was found of lookaheads, by instruction and place. */
  readonly seen: Map<number, boolean>;
  readonly count: StepCount;
}

/** Syntax that this matcher does not support, since it is no regular language. */
export class UnsupportedRegex extends Error {
  override readonly name = "UnsupportedRegex";
}

/**
 * A regular expression whose matching takes time at most quadratic in the text, whatever the expression: all ways through it
 * are followed at once, place by place, where JavaScript's own engine tries one after the other. What follows a lookahead is
 * decided once for each place.
 */
export class LinearRegex {
  private readonly program: Instruction[] = [];
  private readonly entry: number;
  /** By instruction, the round in which it was taken last. */
  private readonly taken: number[] = [];
  private rounds = 0;

  /** @throws UnsupportedRegex for what is no regular language: references and looking behind. */
  constructor(pattern: AST.Pattern) {
    this.entry = this.alternatives(pattern.alternatives, this.emit({ op: "match" }));
  }

  /** @param count is told the work. */
  test(text: string, count: StepCount = { steps: 0 }): boolean {
    return this.isMatch({ text, seen: new Map(), count }, this.entry, 0);
  }

  private emit(instruction: Instruction): number {
    return this.program.push(instruction) - 1;
  }

  private alternatives(alternatives: readonly AST.Alternative[], next: number): number {
    const to = alternatives.map(({ elements }) => elements.reduceRight((after, one) => this.element(one, after), next));
    return to.length === 1 && to[0] !== undefined ? to[0] : this.emit({ op: "fork", to });
  }

  /** @returns where the element begins, of which `next` is what follows. */
  private element(element: AST.Element, next: number): number {
    switch (element.type) {
      case "Character": {
        const character = String.fromCodePoint(element.value);
        return this.emit({ op: "unit", test: (unit) => unit === character, next });
      }
      case "CharacterSet":
      case "CharacterClass":
        return this.emit({ op: "unit", test: unitTest(element.raw), next });
      case "Group":
      case "CapturingGroup":
        return this.alternatives(element.alternatives, next);
      case "Quantifier":
        return this.quantifier(element, next);
      case "Assertion":
        return this.assertion(element, next);
      default:
        throw new UnsupportedRegex(element.raw);
    }
  }

  private quantifier({ element, min, max, raw }: AST.Quantifier, next: number): number {
    if (min > MOST_COPIES || (max !== Number.POSITIVE_INFINITY && max > MOST_COPIES)) {
      throw new UnsupportedRegex(raw);
    }
    let entry = next;
    if (max === Number.POSITIVE_INFINITY) {
      const fork: Instruction = { op: "fork", to: [] };
      entry = this.emit(fork);
      fork.to = [this.element(element, entry), next];
    } else {
      for (let copy = min; copy < max; copy += 1) {
        entry = this.emit({ op: "fork", to: [this.element(element, entry), next] });
      }
    }
    for (let copy = 0; copy < min; copy += 1) {
      entry = this.element(element, entry);
    }
    return entry;
  }

  private assertion(assertion: AST.Assertion, next: number): number {
    switch (assertion.kind) {
      case "start":
      case "end":
        return this.emit({ op: assertion.kind, next });
      case "lookahead": {
        const entry = this.alternatives(assertion.alternatives, this.emit({ op: "match" }));
        return this.emit({ op: "look", entry, isNegated: assertion.negate, next });
      }
      default:
        throw new UnsupportedRegex(assertion.raw);
    }
  }

  private isMatch(walk: Walk, entry: number, from: number): boolean {
    const { text, count } = walk;
    let waiting = [entry];
    for (let place = from; waiting.length > 0; place += 1) {
      const following: number[] = [];
      const round = this.beginRound();
      for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
        const instruction = this.program[at];
        if (this.taken[at] === round || instruction === undefined) {
          continue;
        }
        this.taken[at] = round;
        count.steps += 1;
        if (instruction.op === "match") {
          return true;
        }
        if (instruction.op === "fork") {
          waiting.push(...instruction.to);
        } else if (instruction.op === "unit") {
          if (place < text.length && instruction.test(text.charAt(place))) {
            following.push(instruction.next);
          }
        } else if (this.holds(walk, instruction, place)) {
          waiting.push(instruction.next);
        }
      }
      waiting = following;
    }
    return false;
  }

  /** What a lookahead takes is its own: no instruction of it is one of the expression around it. */
  private beginRound(): number {
    this.rounds += 1;
    return this.rounds;
  }

  private holds(walk: Walk, instruction: Condition, place: number): boolean {
    const { text, seen } = walk;
    if (instruction.op !== "look") {
      return place === (instruction.op === "start" ? 0 : text.length);
    }
    const key = instruction.entry * (text.length + 1) + place;
    const found = seen.get(key) ?? this.isMatch(walk, instruction.entry, place);
    seen.set(key, found);
    return found !== instruction.isNegated;
  }
}

/** JavaScript's own reading of a class, one unit at a time. */
function unitTest(raw: string): (unit: string) => boolean {
  const one = new RegExp(`^${raw}$`);
  const known = new Map<string, boolean>();
  return (unit) => {
    const found = known.get(unit) ?? one.test(unit);
    known.set(unit, found);
    return found;
  };
}

/** Of an expression without flags. */
export function parseRegex(source: string): AST.Pattern {
  return new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source);
}
