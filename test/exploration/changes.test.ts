import type { Change } from "../property/world/scenario";
import { expectSafety } from "./exploration";
import { type Plan, QUIET_PLAN } from "./plan";

/** As long as what is there at first, and older than what S3 holds of that. */
const SAME_SIZE: Change = { kind: "add", sync: 0, path: "x", size: 3, time: "old" };
const REMOVE: Change = { kind: "remove", at: 0 };
const GROW: Change = { kind: "add", sync: 0, path: "x", size: 5, time: "new" };

interface Story {
  readonly title: string;
  readonly plan?: Partial<Plan>;
  readonly changes: readonly Change[];
  readonly atLeast: number;
}

const STORIES: readonly Story[] = [
  { title: "is replaced by one of its size and an older time", changes: [SAME_SIZE], atLeast: 30 },
  { title: "is replaced by one of its size", changes: [{ ...SAME_SIZE, time: "new" }], atLeast: 30 },
  { title: "grows", changes: [GROW], atLeast: 30 },
  { title: "goes", changes: [REMOVE], atLeast: 30 },
  { title: "goes, and one of its size with an older time comes", changes: [REMOVE, SAME_SIZE], atLeast: 300 },
];

describe("a partner changes a file at any time: it", function () {
  this.timeout(0);

  for (const { title, plan, changes, atLeast } of STORIES) {
    it(title, () => expectSafety(title, { ...QUIET_PLAN, ...plan, meanwhile: changes }, atLeast));
  }
});
