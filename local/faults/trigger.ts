import * as z from "zod";

/** When a fault strikes, among the occasions that match it. Counted from the command's start, so that it can be repeated. */
export const triggerFields = {
  After: z.int().min(0).default(0).describe("So many matching occasions are spared first."),
  Every: z.int().min(1).default(1).describe("Then every nth one is struck."),
  Times: z.int().min(1).optional().describe("At most so often; without it, for ever."),
} as const;

export interface TriggerSpec {
  readonly After: number;
  readonly Every: number;
  readonly Times?: number | undefined;
}

/** Counts the occasions that match one fault. */
class Trigger {
  private seen = 0;
  private struck = 0;

  constructor(private readonly spec: TriggerSpec) {}

  /** Takes note of an occasion. @returns whether the fault strikes. */
  strikes(): boolean {
    const { After, Every, Times = Number.POSITIVE_INFINITY } = this.spec;
    this.seen += 1;
    const counted = this.seen - After;
    if (counted <= 0 || counted % Every !== 0 || this.struck >= Times) {
      return false;
    }
    this.struck += 1;
    return true;
  }
}

/** Faults of one kind, each with its own count. */
export class Triggers<T extends TriggerSpec> {
  private readonly faults: readonly { readonly fault: T; readonly trigger: Trigger }[];

  constructor(faults: readonly T[]) {
    this.faults = faults.map((fault) => ({ fault, trigger: new Trigger(fault) }));
  }

  /** Shows an occasion to every fault that it matches. @returns the first that strikes. */
  strike(matches: (fault: T) => boolean): T | undefined {
    return this.faults.filter(({ fault, trigger }) => matches(fault) && trigger.strikes())[0]?.fault;
  }
}
