import { numbered, type Scenario } from "./scenario";

/** What a single file may do. */
export const FILES: readonly Scenario[] = [
  {
    name: "one failing file among ten fails alone, and is reported with code and message",
    defect: "unwatchedTransfers",
    tree: numbered("in", 10),
    runs: [
      {
        faults: { FailFile: [{ File: "/in/004.dat", Message: "the disk is on fire" }] },
        expect: {
          error: "TransferIncomplete",
          files: { seen: 10, transferred: 9, failed: 1 },
          failures: { "/in/004.dat": /READ_FILE_ERROR: the disk is on fire/ },
          calls: { StartFileTransfer: 3 },
        },
      },
      { expect: { files: { transferred: 1, skipped: { unchanged: 9 } } } },
    ],
  },
  {
    name: "a file that fails at first is sent again, and is no failure",
    tree: numbered("in", 10),
    runs: [
      {
        faults: { FailFile: [{ File: "/in/004.dat", Code: "TIMEOUT_ERROR", Times: 2 }] },
        expect: { files: { transferred: 10, failed: 0 }, calls: { StartFileTransfer: 3 } },
      },
    ],
  },
  {
    name: "a file that may not be read is not sent again",
    tree: numbered("in", 3),
    runs: [
      {
        faults: { FailFile: [{ File: "/in/001.dat", Message: "Permission denied: /in/001.dat" }] },
        expect: {
          error: "TransferIncomplete",
          files: { transferred: 2, failed: 1 },
          failures: { "/in/001.dat": /Permission denied/ },
          calls: { StartFileTransfer: 1 },
        },
      },
    ],
    notInS3: ["in/001.dat"],
  },
  {
    name: "a file that vanishes between listing and transfer is counted, and is no failure",
    tree: numbered("in", 3),
    runs: [
      {
        beforeTransfers: { "in/001.dat": undefined },
        expect: { files: { seen: 3, transferred: 2, failed: 0, skipped: { vanished: 1 } } },
      },
    ],
  },
  {
    name: "a file that grows between listing and transfer is not recorded, and comes again",
    tree: { "in/growing.csv": "half" },
    runs: [
      {
        beforeTransfers: { "in/growing.csv": "half and the rest" },
        expect: { files: { seen: 1, transferred: 0, failed: 0, skipped: { "changed-during-transfer": 1 } } },
      },
      {
        change: { "in/growing.csv": "half, the rest, and a line more" },
        expect: { files: { transferred: 1, skipped: {} } },
      },
      { expect: { files: { transferred: 0, skipped: { unchanged: 1 } } } },
    ],
  },
  {
    name: "a file that grew before its transfer is fetched once more, although S3 holds as many bytes as it has now",
    tree: { "in/grown.csv": "half" },
    runs: [
      {
        beforeTransfers: { "in/grown.csv": "half and the rest" },
        expect: { files: { skipped: { "changed-during-transfer": 1 } } },
      },
      { expect: { files: { transferred: 1 } } },
      { expect: { files: { transferred: 0, skipped: { unchanged: 1 } } } },
    ],
  },
  {
    name: "a consumer that takes an object away at once: the file is reported, with what to do, and the next run sends it again",
    tree: numbered("in", 3),
    runs: [
      {
        consumed: ["/in/001.dat"],
        expect: {
          error: "TransferIncomplete",
          files: { seen: 3, transferred: 2, failed: 1 },
          failures: { "/in/001.dat": /not in S3.*MissingObject: accept/ },
          calls: { StartFileTransfer: 1 },
        },
      },
      { expect: { files: { transferred: 1, skipped: { unchanged: 2 } } } },
    ],
  },
  {
    name: "a consumer that takes objects away at once, where MissingObject accepts it: the file is known, and not sent again",
    tree: numbered("in", 3),
    sync: { setting: { MissingObject: "accept" } },
    runs: [
      {
        consumed: ["/in/001.dat"],
        expect: { files: { seen: 3, transferred: 2, failed: 0, skipped: { "removed-from-s3": 1 } } },
      },
      { expect: { files: { transferred: 0, skipped: { unchanged: 3 } }, calls: { StartFileTransfer: 0 } } },
      {
        change: { "in/001.dat": "a new version of it" },
        expect: { files: { transferred: 1, skipped: { unchanged: 2 } } },
      },
    ],
  },
  {
    name: "a connection that breaks in the middle of a file leaves no half object, and the file is sent again",
    tree: { "in/large.bin": "0123456789".repeat(100_000) },
    runs: [
      {
        faults: { DropConnection: [{ AfterBytes: 200_000, Times: 2 }] },
        expect: { files: { transferred: 1, failed: 0 } },
      },
    ],
  },
  {
    name: "the answer of StartFileTransfer is lost: its files are in doubt, found in S3, and not copied twice",
    tree: numbered("in", 5),
    runs: [
      {
        faults: { LoseAnswer: [{ Operation: "StartFileTransfer", Times: 1 }] },
        expect: { files: { transferred: 5, failed: 0 }, calls: { StartFileTransfer: 1 } },
      },
      { expect: { files: { skipped: { unchanged: 5 } }, calls: { StartFileTransfer: 0 } } },
    ],
  },
  {
    name: "StartFileTransfer fails unclearly, and nothing came of it: after the time for doubts the files are sent again",
    tree: numbered("in", 5),
    runs: [
      {
        faults: { Throttle: [{ Operation: "StartFileTransfer", Error: "InternalServiceError", Times: 1 }] },
        expect: { files: { transferred: 5, failed: 0 }, calls: { StartFileTransfer: 1 } },
      },
    ],
  },
];
