import fc from "fast-check";
import { type Change, EFFECTS, type Fault, type Operation } from "./scenario";

interface Chance {
  readonly weight: number;
  /** Later ones hardly come about in a step. */
  readonly last: number;
}

const CHANCES: { readonly [operation in Operation]: Chance } = {
  slice: { weight: 4, last: 12 },
  read: { weight: 2, last: 25 },
  list: { weight: 2, last: 12 },
  head: { weight: 3, last: 5 },
  write: { weight: 6, last: 25 },
  remove: { weight: 2, last: 2 },
  isRunning: { weight: 2, last: 2 },
  start: { weight: 2, last: 2 },
  startListing: { weight: 4, last: 6 },
  startTransfer: { weight: 10, last: 4 },
  results: { weight: 5, last: 5 },
  hasSecret: { weight: 1, last: 2 },
  describe: { weight: 1, last: 2 },
  listing: { weight: 4, last: 5 },
  file: { weight: 6, last: 12 },
};

function faultOf(operation: Operation, change: fc.Arbitrary<Change>): fc.Arbitrary<Fault> {
  return fc.record({
    operation: fc.constant(operation),
    nth: fc.integer({ min: 1, max: CHANCES[operation].last }),
    effect: fc.constantFrom(...EFFECTS[operation]),
    moment: fc.constantFrom("before" as const, "after" as const),
    slices: fc.integer({ min: 1, max: 8 }),
    changes: fc.array(change, { maxLength: 1 }),
  });
}

const OPERATIONS = Object.keys(EFFECTS).filter((name): name is Operation => name in EFFECTS);

/** A slice that has looked at S3 hangs until another run has recorded what changed since. */
const overtaken: fc.Arbitrary<Fault> = fc.record({
  operation: fc.constantFrom("head" as const, "list" as const),
  nth: fc.integer({ min: 1, max: 8 }),
  effect: fc.constant("zombie" as const),
  moment: fc.constant("after" as const),
  slices: fc.integer({ min: 7, max: 14 }),
  changes: fc.array(fc.record({ kind: fc.constant("resize" as const), at: fc.nat({ max: 40 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
});

/** @param change what may happen to the remote tree while a Lambda hangs. */
export function faults(change: fc.Arbitrary<Change>): fc.Arbitrary<Fault> {
  const others = OPERATIONS.map((operation) => ({
    weight: CHANCES[operation].weight,
    arbitrary: faultOf(operation, change),
  }));
  return fc.oneof({ weight: 4, arbitrary: overtaken }, ...others);
}
