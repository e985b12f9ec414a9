import type { Effect, Fault, Operation } from "../property/world/scenario";
import type { Way } from "./plan";

const CHANGING: readonly Operation[] = ["write", "remove"];

const EFFECTS: Record<
  Exclude<Way, "abandoned" | "doubled">,
  { effect: Effect; moments: readonly Fault["moment"][] }
> = {
  crash: { effect: "crash", moments: ["before", "after"] },
  kill: { effect: "kill", moments: ["before", "after"] },
  lostAnswer: { effect: "error", moments: ["after"] },
  failure: { effect: "error", moments: ["before"] },
  repeat: { effect: "repeat", moments: ["after"] },
};

/**
 * What strikes one call in this way.
 * @param isFirst of the invocation: what dies before a later call dies after the one before it.
 */
export function faultsOf(way: keyof typeof EFFECTS, operation: Operation, isFirst: boolean): Fault[] {
  if (way === "repeat" && !CHANGING.includes(operation)) {
    return [];
  }
  const { effect, moments } = EFFECTS[way];
  return moments
    .filter((moment) => moments.length === 1 || moment === "after" || isFirst)
    .map((moment) => ({ operation, nth: 1, effect, moment, slices: 0, changes: [] }));
}
