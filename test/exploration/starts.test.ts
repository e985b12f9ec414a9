import { expectSafety, IS_LONG } from "./exploration";
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

  it("both by schedule", () => expectSafety("both by schedule", BOTH_SCHEDULED, 4000));

  // They meet nowhere but in the connector, which makes for many orders.
  if (IS_LONG) {
    it("one dry and one by hand", () => expectSafety("one dry and one by hand", DRY_AND_BY_HAND, 10_000));
  }
});
