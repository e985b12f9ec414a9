import type { Change } from "../property/world/scenario";
import { expectSafety, IS_LONG } from "./exploration";
import { ONE_FILE, type Plan, QUIET_PLAN, runAfter, WAYS, type Way } from "./plan";

const SAME_SIZE: Change = { kind: "add", sync: 0, path: "x", size: 3, time: "old" };
const REMOVE: Change = { kind: "remove", at: 0 };

const DEATHS: readonly Way[] = ["crash", "kill"];
const ANSWERS: readonly Way[] = ["lostAnswer", "failure", "repeat"];
const ZOMBIES: readonly Way[] = ["abandoned", "doubled"];

interface Situation {
  readonly title: string;
  readonly plan: Partial<Plan>;
  /** States with one strike, and with two. */
  readonly atLeast: readonly [number, number];
  /** Whether there is time for it in every run of the tests. */
  readonly isShort: boolean;
}

const SITUATIONS: readonly Situation[] = [
  { title: "one file", plan: { tree: ONE_FILE }, atLeast: [200, 2000], isShort: true },
  {
    title: "two files of one folder",
    plan: {
      tree: [...ONE_FILE, { kind: "add", sync: 0, path: "y", size: 3, time: "old" }],
    },
    atLeast: [200, 500],
    isShort: false,
  },
  {
    title: "a file in a folder in a folder",
    plan: { tree: [{ kind: "add", sync: 0, path: "sub/a/x", size: 3, time: "old" }] },
    atLeast: [400, 500],
    isShort: false,
  },
  {
    title: "a file that is replaced between two runs by one of its size with an older time",
    plan: { acts: [runAfter(), runAfter(SAME_SIZE)] },
    atLeast: [250, 500],
    isShort: false,
  },
  {
    title: "a file that goes, and of which another of its size with an older time comes between two runs",
    plan: { acts: [runAfter(), runAfter(REMOVE, SAME_SIZE)] },
    atLeast: [250, 500],
    isShort: false,
  },
  {
    title: "a file that grows between two runs",
    plan: { acts: [runAfter(), runAfter({ kind: "resize", at: 0 })] },
    atLeast: [300, 500],
    isShort: false,
  },
];

const PLAYED = SITUATIONS.filter(({ isShort }) => IS_LONG || isShort);

describe("whatever becomes of any call,", function () {
  this.timeout(0);

  for (const { title, plan, atLeast } of PLAYED) {
    it(title, () =>
      expectSafety(title, { ...QUIET_PLAN, ...plan, strikes: 1, ways: [...DEATHS, ...ANSWERS] }, atLeast[0]),
    );
  }
});

describe("whatever becomes of any two calls,", function () {
  this.timeout(0);

  for (const { title, plan, atLeast } of PLAYED) {
    const name = `${title}, twice`;
    it(name, () =>
      expectSafety(
        name,
        { ...QUIET_PLAN, ...plan, strikes: 2, ways: IS_LONG ? [...DEATHS, ...ANSWERS] : ["kill"] },
        atLeast[1],
      ),
    );
  }
});

if (IS_LONG) {
  describe("whenever a function goes on beside another run, or another invocation,", function () {
    this.timeout(0);

    for (const way of ZOMBIES) {
      it(WAYS[way], () => expectSafety(WAYS[way], { ...QUIET_PLAN, strikes: 1, ways: [way] }, 1000));
    }
  });
}
