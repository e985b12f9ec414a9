import { longAgo, now, type Scenario } from "./scenario";

/** Fires once a year: whatever is new was modified after the time before this one. */
const YEARLY = { Schedule: "0 0 1 1 ? *" };
const MODIFIED_TIME = { server: YEARLY, setting: { ChangeDetection: "modified-time" } };

/** What changes on the remote between runs, and how it is noticed. */
export const CHANGES: readonly Scenario[] = [
  {
    name: "a file that arrives with an old time is copied",
    defect: "oldTimes",
    tree: { "in/a.csv": "alpha" },
    runs: [
      { expect: { files: { transferred: 1 } } },
      { change: { "in/old.csv": longAgo("kept its time") }, expect: { files: { transferred: 1 } } },
    ],
  },
  {
    name: "a file of which only the size changes is copied",
    defect: "sizeOnly",
    tree: { "in/a.csv": longAgo("alpha") },
    runs: [
      { expect: { files: { transferred: 1 } } },
      { change: { "in/a.csv": longAgo("alpha and more") }, expect: { files: { transferred: 1 } } },
    ],
  },
  {
    name: "a file of which only the time changes is copied",
    tree: { "in/a.csv": longAgo("alpha") },
    runs: [
      { expect: { files: { transferred: 1 } } },
      { change: { "in/a.csv": now("ALPHA") }, expect: { files: { transferred: 1 } } },
    ],
  },
  {
    name: "a file that is removed and comes back as it was is known by what S3 still has of it",
    tree: { "in/a.csv": longAgo("alpha"), "in/b.csv": "beta" },
    runs: [
      { expect: { files: { transferred: 2 } } },
      { change: { "in/a.csv": undefined }, expect: { files: { seen: 1, skipped: { unchanged: 1 } } } },
      {
        change: { "in/a.csv": longAgo("alpha") },
        expect: { files: { transferred: 0, skipped: { unchanged: 1, "already-in-s3": 1 } } },
      },
    ],
  },
  {
    name: "a file that is removed and comes back as another one of its size, with an older time, is copied",
    tree: { "in/status.dat": "day-1", "in/b.csv": "beta" },
    runs: [
      { expect: { files: { transferred: 2 } } },
      { change: { "in/status.dat": undefined }, expect: { files: { seen: 1, skipped: { unchanged: 1 } } } },
      { change: { "in/status.dat": longAgo("day-2") }, expect: { files: { transferred: 1 } } },
      { expect: { files: { transferred: 0, skipped: { unchanged: 2 } } } },
    ],
  },
  {
    name: "a folder of which all times move by an hour is not copied",
    tree: { "in/a.csv": longAgo("alpha"), "in/b.csv": longAgo("beta") },
    runs: [
      { expect: { files: { transferred: 2 } } },
      {
        change: { "in/a.csv": longAgo("alpha", 3600), "in/b.csv": longAgo("beta", 3600) },
        expect: { files: { transferred: 0, skipped: { "time-shifted": 2 } }, warnings: [/ShiftedTimes: copy/] },
      },
      { expect: { files: { transferred: 0, skipped: { unchanged: 2 } } } },
    ],
  },
  {
    name: "a young file waits for a later run",
    tree: { "in/a.csv": "alpha", "in/young.csv": now("still being written") },
    sync: { setting: { MinimumAgeSeconds: 600 } },
    runs: [
      { expect: { files: { transferred: 1, skipped: { settling: 1 } } } },
      { change: { "in/young.csv": "written" }, expect: { files: { transferred: 1, skipped: { unchanged: 1 } } } },
    ],
  },
  {
    name: "modified-time: the first run copies everything, later ones what is newer, and leaves no mark in the bucket",
    defect: "marker",
    tree: { "in/old.csv": longAgo("old"), "in/a.csv": longAgo("alpha") },
    sync: MODIFIED_TIME,
    runs: [
      { expect: { files: { seen: 2, transferred: 2 } } },
      {
        change: { "in/a.csv": now("changed"), "in/new.csv": now("new") },
        expect: { files: { seen: 3, transferred: 2, skipped: { "before-window": 1 } } },
      },
    ],
  },
  {
    name: "modified-time misses, as documented, what arrives with an old time or failed the last time; on demand it comes",
    tree: { "in/a.csv": longAgo("alpha"), "in/b.csv": longAgo("beta") },
    sync: MODIFIED_TIME,
    runs: [
      { expect: { files: { transferred: 2 } } },
      {
        change: { "in/old.csv": longAgo("kept its time") },
        expect: { files: { transferred: 0, skipped: { "before-window": 3 } } },
      },
      {
        options: { fromTimestamp: 0 },
        expect: { files: { transferred: 1, skipped: { "already-in-s3": 2 } } },
      },
    ],
  },
  {
    name: "modified-time: a first run that fails in part is followed by another that copies everything",
    tree: { "in/a.csv": longAgo("alpha"), "in/b.csv": longAgo("beta") },
    sync: MODIFIED_TIME,
    runs: [
      {
        faults: { FailFile: [{ File: "/in/a.csv" }] },
        expect: {
          error: "TransferIncomplete",
          files: { transferred: 1, failed: 1 },
          failures: { "/in/a.csv": /READ_FILE_ERROR/ },
        },
      },
      { expect: { files: { transferred: 1, skipped: { "already-in-s3": 1 } } } },
    ],
  },
];
