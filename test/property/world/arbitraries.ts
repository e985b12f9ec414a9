import fc from "fast-check";
import { RESULT_PATH_NAMES } from "../../../local/faults/result-paths";
import { faults } from "./fault-arbitraries";
import type { Filter } from "./filters";
import {
  type Change,
  type Dialect,
  type ExecutionPlan,
  REFUSALS,
  type Scenario,
  START_KINDS,
  type Step,
  type SyncOptions,
  type Time,
  type WorldOptions,
} from "./scenario";

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
  "line\u2028separator",
  "bad\ufffd",
  "n".repeat(250),
];
const FOLDERS = ["sub", "a", "s p", "__proto__", "ü", "f".repeat(250), "bad\rfolder"];

/** Beyond what a connector moves. */
const HUGE = 200 * 1024 ** 3;

const path = fc
  .tuple(fc.array(fc.constantFrom(...FOLDERS), { maxLength: 4 }), fc.constantFrom(...NAMES))
  .map(([folders, name]) => [...folders, name].join("/"));

const at = fc.nat({ max: 40 });
const sync = fc.nat({ max: 2 });

const add: fc.Arbitrary<Change> = fc.record({
  kind: fc.constant("add" as const),
  sync,
  path,
  size: fc.oneof({ weight: 12, arbitrary: fc.nat({ max: 3 }) }, fc.constantFrom(undefined, undefined, undefined, HUGE)),
  time: fc.constantFrom<Time>("old", "lastHour", "new", "missing", "future", "first", "before"),
});

const addMany: fc.Arbitrary<Change> = fc.record({
  kind: fc.constant("addMany" as const),
  sync,
  count: fc.integer({ min: 9, max: 23 }),
});

const remoteChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: add },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("resize" as const), at }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("touch" as const),
      at,
      time: fc.constantFrom("old" as const, "new" as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), at }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("restore" as const),
      as: fc.constantFrom("it was" as const, "another" as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("restoreFolder" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("revert" as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("lie" as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("shift" as const), hours: fc.constantFrom(1, -1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("replaceByFolder" as const), at }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("removeFolder" as const), at }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("deleteFromS3" as const), at }) },
  fc.record({ kind: fc.constant("removeRoot" as const), sync }),
);

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 8, arbitrary: remoteChange },
  addMany,
  fc.record({ kind: fc.constant("loseLedger" as const) }),
  fc.record({ kind: fc.constant("pass" as const), seconds: fc.constantFrom(1, 100, 4000) }),
);

const scheduled: fc.Arbitrary<ExecutionPlan> = fc.record({ kind: fc.constant("scheduled" as const), sync });

const plan: fc.Arbitrary<ExecutionPlan> = fc.oneof(
  { weight: 4, arbitrary: scheduled },
  fc.record({ kind: fc.constantFrom(...START_KINDS), sync }),
);

const step: fc.Arbitrary<Step> = fc.record({
  changes: fc.array(change, { maxLength: 4, size: "max" }),
  executions: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(scheduled) },
    { weight: 2, arbitrary: fc.array(plan, { minLength: 1, maxLength: 4 }) },
  ),
  turns: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 }),
  meanwhile: fc.array(fc.record({ turn: fc.nat({ max: 12 }), change: remoteChange }), { maxLength: 2 }),
  faults: fc.array(faults(remoteChange), { maxLength: 6, size: "max" }),
  throttleEvery: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 2, max: 4 })),
  refusal: fc.constantFrom(...REFUSALS),
  pace: fc.constantFrom(1000, 7, 2),
  redrive: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  credentials: fc.oneof({ weight: 12, arbitrary: fc.constant(true) }, fc.constant(false)),
  runSeconds: fc.oneof({ weight: 8, arbitrary: fc.constant(86_400) }, fc.constantFrom(3, 10, 60)),
});

const syncOptions: fc.Arbitrary<SyncOptions> = fc.record({
  changeDetection: fc.oneof(
    { weight: 3, arbitrary: fc.constant("ledger" as const) },
    fc.constant("modified-time" as const),
  ),
  filter: fc.oneof(
    { weight: 4, arbitrary: fc.constant<Filter>("everything") },
    fc.constantFrom<Filter>("noText", "onlyText", "noSub", "onlySubButText"),
  ),
  recursive: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  maxDepth: fc.oneof({ weight: 6, arbitrary: fc.constant(100) }, fc.constantFrom(2, 1, 0)),
  minimumAgeSeconds: fc.constantFrom(0, 0, 600),
  missingFolder: fc.constantFrom("fail" as const, "ignore" as const),
  missingObject: fc.constantFrom("fail" as const, "accept" as const),
});

const NAMED = RESULT_PATH_NAMES.filter((path) => path !== "unrelated");

/** Where neither paths nor statuses can be understood, nothing can be known of a file that did not arrive. */
const results: fc.Arbitrary<Pick<Dialect, "resultPaths" | "completed">> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ resultPaths: fc.constant("asked" as const), completed: fc.constant("told" as const) }),
  },
  fc.record({
    resultPaths: fc.constantFrom(...RESULT_PATH_NAMES),
    completed: fc.constantFrom("told" as const, "gaps" as const),
  }),
  fc.record({
    resultPaths: fc.constantFrom(...NAMED),
    completed: fc.constantFrom("renamed" as const, "twice" as const),
  }),
);

const listings: fc.Arbitrary<Omit<Dialect, "resultPaths" | "completed">> = fc.record({
  truncated: fc.constantFrom("text" as const, "boolean" as const, "omitted" as const),
  sizes: fc.constantFrom("number" as const, "text" as const),
  paths: fc.constantFrom("absolute" as const, "absolute" as const, "slashless" as const, "bare" as const),
  times: fc.constantFrom("iso" as const, "iso" as const, "number" as const, "text" as const),
  unknown: fc.constantFrom("omitted" as const, "null" as const, "odd" as const),
  emptyFolders: fc.constantFrom("written" as const, "told" as const),
});

const dialect: fc.Arbitrary<Dialect> = fc
  .tuple(listings, results)
  .map(([ofListings, ofResults]) => ({ ...ofListings, ...ofResults }));

const anyOptions: fc.Arbitrary<WorldOptions> = fc.record({
  syncs: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(syncOptions) },
    fc.array(syncOptions, { minLength: 2, maxLength: 3 }),
  ),
  roundsPerExecution: fc.constantFrom(190, 190, 5, 2),
  pendingFiles: fc.constantFrom(1000, 1000, 25, 10),
  dialect,
});

/** Of an object that a consumer took away only the service can tell that it was there. */
const options = anyOptions.map((world): WorldOptions => {
  const isTaken = world.syncs.some(({ missingObject }) => missingObject === "accept");
  return isTaken ? { ...world, dialect: { ...world.dialect, completed: "told" } } : world;
});

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  options,
  tree: fc.array(fc.oneof({ weight: 5, arbitrary: add }, addMany), { minLength: 1, maxLength: 10, size: "max" }),
  steps: fc.array(step, { minLength: 1, maxLength: 4, size: "max" }),
  // Longer and shorter than files settle.
  pause: fc.constantFrom(1000, 1000, 300),
  jitter: fc.nat(),
});
