import type { Change } from "../property/world/scenario";
import { expectSafety, IS_LONG } from "./exploration";
import { ONE_FILE, QUIET_PLAN } from "./plan";

/** As long as what is there at first, and older than what S3 holds of that. */
const SAME_SIZE: Change = { kind: "add", sync: 0, path: "x", size: 3, time: "old" };
const REMOVE: Change = { kind: "remove", at: 0 };
const GROW: Change = { kind: "add", sync: 0, path: "x", size: 5, time: "new" };

interface Story {
  readonly title: string;
  /** One file by default. */
  readonly tree?: readonly Change[];
  readonly changes: readonly Change[];
  readonly atLeast: number;
  /** Only the long exploration has time for it. */
  readonly isLong?: boolean;
}

const STORIES: readonly Story[] = [
  { title: "is replaced by one of its size and an older time", changes: [SAME_SIZE], atLeast: 30 },
  { title: "is replaced by one of its size", changes: [{ ...SAME_SIZE, time: "new" }], atLeast: 30 },
  { title: "grows", changes: [GROW], atLeast: 30 },
  { title: "goes", changes: [REMOVE], atLeast: 30 },
  { title: "goes, and one of its size with an older time comes", changes: [REMOVE, SAME_SIZE], atLeast: 300 },
  { title: "grows, and goes", changes: [GROW, REMOVE], atLeast: 300 },
  { title: "grows, and is replaced by one of its new size", changes: [GROW, { ...GROW, time: "old" }], atLeast: 300 },
  {
    title: "is taken from S3, and then replaced by one of its size and an older time",
    changes: [{ kind: "deleteFromS3", at: 0 }, SAME_SIZE],
    atLeast: 300,
  },
  {
    title: "goes with its folder, and comes back with it",
    tree: [{ kind: "add", sync: 0, path: "sub/x", size: 3, time: "old" }],
    changes: [{ kind: "removeFolder", at: 0 }, { kind: "restoreFolder" }],
    atLeast: 300,
  },
  {
    title: "goes, another of its size comes, and then the first one again",
    changes: [REMOVE, { ...SAME_SIZE, time: "new" }, { kind: "restore", as: "it was" }],
    atLeast: 1000,
    isLong: true,
  },
];

describe("a partner changes a file at any time: it", function () {
  this.timeout(0);

  for (const { title, tree = ONE_FILE, changes, atLeast } of STORIES.filter(
    ({ isLong = false }) => IS_LONG || !isLong,
  )) {
    it(title, () => expectSafety(title, { ...QUIET_PLAN, tree, meanwhile: changes }, atLeast));
  }
});
