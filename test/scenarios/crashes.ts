import type { Run, Scenario } from "./scenario";

type Crash = NonNullable<NonNullable<Run["faults"]>["CrashFunction"]>[number];

const TREE = { "in/a.csv": "alpha", "in/b.csv": "beta", "in/sub/c.csv": "gamma" };

/** What Lambda calls the error of a function that died. */
const CRASHED = "Runtime.ExitError";

const POINTS: readonly Omit<Crash, "Times">[] = [
  { Function: "remote-folders-list", Operation: "PutObject", When: "before" },
  { Function: "remote-folders-list", Operation: "PutObject", When: "after" },
  { Function: "remote-folders-list", Operation: "DescribeConnector", When: "before" },
  { Function: "remote-folders-list", Operation: "StartDirectoryListing", When: "before" },
  { Function: "remote-folders-list", Operation: "StartDirectoryListing", When: "after" },
  { Function: "get-list-status", Operation: "ListObjectsV2", When: "before" },
  { Function: "get-list-status", Operation: "PutObject", When: "after" },
  { Function: "sync-remote-folder", Operation: "PutObject", When: "after" },
  { Function: "sync-remote-folder", Operation: "StartFileTransfer", When: "before" },
  { Function: "sync-remote-folder", Operation: "StartFileTransfer", When: "after" },
  { Function: "sync-remote-folder", Operation: "ListFileTransferResults", When: "before" },
  { Function: "sync-remote-folder", Operation: "PutObject", When: "after", After: 5 },
  { Function: "sync-remote-folder", Operation: "PutObject", When: "before", After: 7 },
];

/** A function dies at one moment: its slice is repeated, and the run goes on as if nothing had happened. */
const DURING_THE_RUN: readonly Scenario[] = POINTS.map((point) => ({
  name: `${point.Function} dies ${point.When} ${point.Operation}${point.After === undefined ? "" : ` number ${point.After + 1}`}`,
  tree: TREE,
  runs: [
    { faults: { CrashFunction: [{ ...point, Times: 1 }] }, expect: { files: { seen: 3, transferred: 3, failed: 0 } } },
    { expect: { files: { transferred: 0, skipped: { unchanged: 3 } }, calls: { TargetBucketRequests: 0 } } },
  ],
}));

/** Everything is copied by then; what is left is the report and the lock. */
const AT_THE_END: readonly Scenario[] = (
  [
    { Function: "finish-run", Operation: "PutObject", When: "before" },
    { Function: "finish-run", Operation: "PutObject", When: "after" },
    { Function: "finish-run", Operation: "DeleteObject", When: "before" },
    { Function: "finish-run", Operation: "DeleteObject", When: "after" },
  ] as const
).map((point) => ({
  name: `finish-run dies ${point.When} ${point.Operation}: it is repeated, and the next run is not held up`,
  tree: TREE,
  runs: [
    { faults: { CrashFunction: [{ ...point, Times: 1 }] }, expect: { files: { transferred: 3 } } },
    { expect: { files: { transferred: 0, skipped: { unchanged: 3 } }, calls: { StartFileTransfer: 0 } } },
  ],
}));

export const CRASHES: readonly Scenario[] = [
  {
    name: "the last function fails: the execution fails by name",
    defect: "silentErrors",
    tree: TREE,
    runs: [
      {
        faults: { CrashFunction: [{ Function: "sync-remote-folder", Operation: "GetObject", When: "before" }] },
        expect: { error: CRASHED },
      },
      { expect: { files: { transferred: 3 } } },
    ],
  },
  ...DURING_THE_RUN,
  ...AT_THE_END,
];
