import { numbered, type Scenario } from "./scenario";

/** The service says *later*: nothing is lost, nothing is sent twice. */
export const LIMITS: readonly Scenario[] = [
  {
    name: "a refused StartFileTransfer is made again, and its files arrive",
    defect: "refusedCalls",
    tree: numbered("in", 30),
    runs: [
      {
        faults: { Throttle: [{ Operation: "StartFileTransfer", After: 1, Times: 1 }] },
        expect: { files: { seen: 30, transferred: 30, failed: 0, skipped: {} }, calls: { StartFileTransfer: 3 } },
      },
      { expect: { files: { transferred: 0, skipped: { unchanged: 30 } }, calls: { StartFileTransfer: 0 } } },
    ],
  },
  {
    name: "a refused StartDirectoryListing is made again",
    tree: { "in/a.csv": "alpha", "in/sub/b.csv": "beta" },
    runs: [
      {
        faults: { Throttle: [{ Operation: "StartDirectoryListing", Error: "ServiceUnavailableException", Times: 1 }] },
        expect: { files: { seen: 2, transferred: 2 }, calls: { StartDirectoryListing: 2 } },
      },
    ],
  },
  {
    name: "results that may not be asked for now are asked for later",
    tree: numbered("in", 30),
    runs: [
      {
        faults: { Throttle: [{ Operation: "ListFileTransferResults", Times: 12 }] },
        expect: { files: { seen: 30, transferred: 30, failed: 0, skipped: {} }, calls: { StartFileTransfer: 3 } },
      },
    ],
  },
  {
    name: "a connector that is not ready yet is waited for, and then asked once for what is wanted",
    tree: { "in/a.csv": "alpha", "in/sub/b.csv": "beta" },
    runs: [
      {
        faults: { UnreadyConnector: [{ Times: 2 }] },
        expect: {
          files: { seen: 2, transferred: 2, failed: 0 },
          calls: { StartDirectoryListing: 2, StartFileTransfer: 2 },
        },
      },
    ],
  },
  {
    name: "a connector that can't become ready ends the run, and the next one copies",
    tree: { "in/a.csv": "alpha" },
    runs: [
      {
        faults: { UnreadyConnector: [{ Status: "ERRORED", Message: "no access role" }] },
        expect: { error: "ConnectorNotReady", calls: { StartDirectoryListing: 0, StartFileTransfer: 0 } },
      },
      { expect: { files: { seen: 1, transferred: 1 } } },
    ],
  },
  {
    name: "a full queue is waited for",
    tree: numbered("in", 20),
    runs: [{ faults: { PendingFiles: 10 }, expect: { files: { seen: 20, transferred: 20, failed: 0 } } }],
  },
  {
    name: "no more files are offered than the queue has room for",
    tree: numbered("in", 40),
    settings: { connectorLimits: { pendingFiles: 10 } },
    runs: [
      {
        faults: { PendingFiles: 10 },
        expect: { files: { transferred: 40, failed: 0 }, calls: { StartFileTransfer: 4 } },
      },
    ],
  },
  {
    name: "S3 that answers 503 and 500 now and then is asked again",
    tree: { "in/a.csv": "alpha", "in/sub/b.csv": "beta" },
    runs: [
      {
        faults: {
          S3Error: [
            { Operation: "PutObject", Every: 6, Times: 2 },
            { Operation: "GetObject", Every: 5, Status: 500, Times: 2 },
            { Operation: "ListObjectsV2", Times: 1 },
          ],
        },
        expect: { files: { seen: 2, transferred: 2 }, calls: { StartFileTransfer: 2 } },
      },
    ],
  },
  {
    name: "files beyond the first ten are looked up by listing, not one by one",
    defect: "headPerFile",
    tree: numbered("in", 30),
    runs: [
      { expect: { files: { transferred: 30 } } },
      {
        options: { fromTimestamp: 0 },
        expect: { files: { skipped: { "already-in-s3": 30 } }, calls: { TargetBucketRequests: 1 } },
      },
    ],
  },
];
