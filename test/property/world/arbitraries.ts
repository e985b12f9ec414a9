import fc from "fast-check";
import { type Change, EFFECTS, type Fault, type Operation, type Scenario, type Step } from "./scenario";

const NAMES = [
  "a",
  "A",
  "b.txt",
  "c d",
  "caf\u00e9",
  "cafe\u0301",
  "__proto__",
  "constructor",
  "日本語",
  "😀",
  "-rf",
  "%41+b",
  "back\\slash",
  "tab\t",
  "..hidden",
  "new\nline",
  "bad\ufffd",
  "n".repeat(250),
];
const FOLDERS = ["sub", "a", "s p", "__proto__", "ü", "f".repeat(250), "bad\rfolder"];

const path = fc
  .tuple(fc.array(fc.constantFrom(...FOLDERS), { maxLength: 4 }), fc.constantFrom(...NAMES))
  .map(([folders, name]) => ["/data", ...folders, name].join("/"));

const at = fc.nat({ max: 40 });

const add: fc.Arbitrary<Change> = fc.record({
  kind: fc.constant("add" as const),
  path,
  size: fc.oneof({ weight: 4, arbitrary: fc.nat({ max: 3 }) }, fc.constant(undefined)),
  time: fc.constantFrom("old" as const, "new" as const, "missing" as const, "future" as const),
});

const addMany: fc.Arbitrary<Change> = fc.record({
  kind: fc.constant("addMany" as const),
  count: fc.integer({ min: 9, max: 23 }),
});

const remoteChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: add },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("resize" as const), at }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("touch" as const),
      at,
      time: fc.constantFrom("old" as const, "new" as const),
    }),
  },
  fc.record({ kind: fc.constant("remove" as const), at }),
  fc.record({ kind: fc.constant("restore" as const) }),
  fc.record({ kind: fc.constant("replaceByFolder" as const), at }),
  fc.record({ kind: fc.constant("removeFolder" as const), at }),
  fc.record({ kind: fc.constant("deleteFromS3" as const), at }),
);

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 8, arbitrary: remoteChange },
  addMany,
  fc.record({ kind: fc.constant("loseLedger" as const) }),
  fc.record({ kind: fc.constant("pass" as const), seconds: fc.constantFrom(1, 100, 4000) }),
);

function faultOf(operation: Operation): fc.Arbitrary<Fault> {
  return fc.record({
    operation: fc.constant(operation),
    nth: fc.integer({ min: 1, max: 12 }),
    effect: fc.constantFrom(...EFFECTS[operation]),
    moment: fc.constantFrom("before" as const, "after" as const),
    slices: fc.integer({ min: 1, max: 8 }),
  });
}

const fault: fc.Arbitrary<Fault> = fc.oneof(
  faultOf("slice"),
  faultOf("read"),
  faultOf("list"),
  faultOf("head"),
  { weight: 3, arbitrary: faultOf("write") },
  faultOf("remove"),
  faultOf("isRunning"),
  faultOf("start"),
  { weight: 2, arbitrary: faultOf("startListing") },
  { weight: 4, arbitrary: faultOf("startTransfer") },
  { weight: 2, arbitrary: faultOf("results") },
  { weight: 2, arbitrary: faultOf("listing") },
  { weight: 3, arbitrary: faultOf("file") },
);

const step: fc.Arbitrary<Step> = fc.record({
  changes: fc.array(change, { maxLength: 4 }),
  executions: fc.oneof(
    { weight: 5, arbitrary: fc.constant(["scheduled"] as const) },
    fc.constant(["scheduled", "scheduled"] as const),
    fc.constantFrom(["on-demand"] as const, ["dry"] as const, ["dry", "scheduled"] as const),
  ),
  turns: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 8 }),
  meanwhile: fc.array(fc.record({ turn: fc.nat({ max: 12 }), change: remoteChange }), { maxLength: 2 }),
  faults: fc.array(fault, { maxLength: 6 }),
  throttleEvery: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 2, max: 4 })),
  pace: fc.constantFrom(1000, 7, 2),
  redrive: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
});

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  options: fc.record({
    minimumAgeSeconds: fc.constantFrom(0, 0, 600),
    excludesText: fc.boolean(),
    roundsPerExecution: fc.constantFrom(600, 600, 5, 2),
    pendingFiles: fc.constantFrom(1000, 1000, 25, 10),
  }),
  tree: fc.array(fc.oneof({ weight: 6, arbitrary: add }, addMany), { maxLength: 10 }),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  jitter: fc.nat(),
});
