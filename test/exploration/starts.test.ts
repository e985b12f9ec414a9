import { expectSafety } from "./exploration";
import { ONE_FILE, type Plan, QUIET_PLAN, SCHEDULED } from "./plan";

const BOTH_SCHEDULED: Plan = { ...QUIET_PLAN, tree: ONE_FILE, acts: [{ changes: [], starts: [SCHEDULED, SCHEDULED] }] };

const DRY_AND_BY_HAND: Plan = {
  ...QUIET_PLAN,
  acts: [
    {
      changes: [],
      starts: [
        { kind: "dry", sync: 0 },
        { kind: "by-hand", sync: 0 },
      ],
    },
  ],
};

describe("two starts of one sync, in every order of their calls,", function () {
  this.timeout(0);

  for (const [title, plan, atLeast] of [
    ["both by schedule", BOTH_SCHEDULED, 3000],
    ["one dry and one by hand", DRY_AND_BY_HAND, 2000],
  ] as const) {
    it(title, () => expectSafety(title, plan, atLeast));
  }
});
