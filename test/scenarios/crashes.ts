import type { Run, Scenario } from "./scenario";

type Faults = NonNullable<Run["faults"]>;
type Crash = NonNullable<Faults["CrashFunction"]>[number];
type Abort = NonNullable<Faults["AbortExecution"]>[number];

const TREE = { "in/a.csv": "alpha", "in/b.csv": "beta", "in/sub/c.csv": "gamma" };

/** What Lambda calls the error of a function that died. */
const CRASHED = "Runtime.ExitError";

/** What the command line calls the error of an execution that was aborted. */
const ABORTED = "Aborted";

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

/** Those that a run of this tree comes to for certain. */
const BOUNDARIES: readonly Omit<Abort, "Times">[] = [
  { When: "entering", State: "PrepareRun" },
  { When: "entering", State: "RemoteFoldersList" },
  { When: "entering", State: "IsRunStarted" },
  { When: "entering", State: "GetListStatus" },
  { When: "entering", State: "SyncRemoteFolder" },
  { When: "entering", State: "IsWorkLeft" },
  { When: "entering", State: "WaitForProgress" },
  { When: "leaving", State: "WaitForProgress" },
  { When: "entering", State: "GetListStatus", After: 1 },
  { When: "leaving", State: "SyncRemoteFolder", After: 1 },
  { When: "entering", State: "FinishRun" },
  { When: "leaving", State: "FinishRun" },
  { When: "entering", State: "HasRunFailed" },
  { When: "entering", State: "RunSucceeded" },
];

/** What was in flight arrives all the same, and is not sent twice. */
const AT_BOUNDARIES: readonly Scenario[] = BOUNDARIES.map((boundary) => ({
  name: `an execution is aborted ${boundary.When} ${boundary.State}${boundary.After === undefined ? "" : " for the second time"}: the next run finishes the job`,
  tree: TREE,
  runs: [
    { faults: { AbortExecution: [boundary] }, expect: { error: ABORTED } },
    { expect: { folders: { listed: 2, failed: 0 }, files: { seen: 3, failed: 0 } } },
  ],
  calls: { StartFileTransfer: 2 },
  ledger: "complete",
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
  ...AT_BOUNDARIES,
  {
    name: "an execution is aborted when it has handed over: its successor goes on",
    tree: TREE,
    settings: { roundsPerExecution: 1 },
    runs: [
      {
        faults: { AbortExecution: [{ When: "entering", State: "RunHandedOver", Times: 1 }] },
        expect: { files: { seen: 3, transferred: 3 } },
      },
    ],
    ledger: "complete",
  },
  {
    name: "the execution in which a run goes on is aborted before it begins: the next run finishes the job",
    tree: TREE,
    settings: { roundsPerExecution: 1 },
    runs: [
      {
        faults: { AbortExecution: [{ When: "entering", State: "PrepareRun", After: 1 }] },
        expect: { error: ABORTED },
      },
      { expect: { files: { seen: 3, failed: 0 } } },
    ],
    calls: { StartFileTransfer: 2 },
    ledger: "complete",
  },
  {
    name: "an execution is aborted when it is about to tell of its failure: the report tells all the same",
    tree: TREE,
    runs: [
      {
        faults: {
          FailFile: [{ File: "/in/b.csv", Message: "Permission denied: /in/b.csv" }],
          AbortExecution: [{ When: "entering", State: "NotifyFailure" }],
        },
        expect: {
          error: "TransferIncomplete",
          files: { transferred: 2, failed: 1 },
          failures: { "/in/b.csv": /Permission denied/ },
        },
      },
      { expect: { files: { transferred: 1, skipped: { unchanged: 2 } } } },
    ],
    calls: { StartFileTransfer: 3 },
    ledger: "complete",
  },
];
