import { numbered, type Scenario } from "./scenario";

const TWO_FOLDERS = { "in/good/a.csv": "alpha", "in/bad/b.csv": "beta" };

/** How it writes paths, and how the answer names its output. */
const ODD_FORMS = [
  ["slashless", "key"],
  ["relative", "absolute"],
] as const;

/** What a listing may do, and what becomes of the others. */
export const LISTINGS: readonly Scenario[] = [
  {
    name: "a folder that cannot be listed fails the run by name, and stops no other folder",
    tree: TWO_FOLDERS,
    runs: [
      {
        faults: { FailListing: [{ Folder: "/in/bad", Message: "Permission denied: /in/bad" }] },
        expect: {
          error: "ListingFailed",
          folders: { listed: 2, failed: 1 },
          files: { seen: 1, transferred: 1 },
          failures: { "/in/bad": /LIST_DIRECTORY_ERROR: Permission denied/ },
        },
      },
      { expect: { files: { transferred: 1, skipped: { unchanged: 1 } } } },
    ],
  },
  {
    name: "a failed listing whose event is lost is known by its time limit",
    tree: TWO_FOLDERS,
    settings: { timeouts: { listing: 6 } },
    runs: [
      {
        faults: { FailListing: [{ Folder: "/in/bad" }], LoseEvent: [{ Event: "listing-failed" }] },
        expect: {
          error: "ListingTimedOut",
          folders: { listed: 2, failed: 1 },
          files: { transferred: 1 },
          failures: { "/in/bad": /neither a listing nor a failure event/ },
        },
      },
      { expect: { files: { transferred: 1, skipped: { unchanged: 1 } } } },
    ],
  },
  {
    name: "the event of a failed listing may come twice and late, and the recorder may crash at it",
    tree: TWO_FOLDERS,
    runs: [
      {
        faults: {
          FailListing: [{ Folder: "/in/bad" }],
          DuplicateEvent: [{ Event: "listing-failed", Copies: 3 }],
          DelayEvent: [{ Event: "listing-failed", Seconds: 1 }],
          CrashFunction: [
            { Function: "record-listing-failure", Operation: "PutObject", When: "before", Times: 1 },
            { Function: "record-listing-failure", Operation: "PutObject", When: "after", Times: 1 },
          ],
        },
        expect: {
          error: "ListingFailed",
          folders: { listed: 2, failed: 1 },
          files: { transferred: 1 },
          failures: { "/in/bad": /LIST_DIRECTORY_ERROR/ },
        },
      },
    ],
    notInS3: ["in/bad/b.csv"],
  },
  {
    name: "a slow listing holds up no other folder, and is not given up before its time",
    tree: TWO_FOLDERS,
    runs: [
      {
        faults: { DelayListing: [{ Folder: "/in/bad", Seconds: 1 }] },
        expect: { folders: { listed: 3, failed: 0 }, files: { transferred: 2 } },
      },
    ],
  },
  {
    name: "a listing that was started unheard is started again",
    tree: TWO_FOLDERS,
    runs: [
      {
        faults: { LoseAnswer: [{ Operation: "StartDirectoryListing", Times: 1 }] },
        expect: { folders: { listed: 3 }, files: { seen: 2, transferred: 2 }, calls: { StartDirectoryListing: 4 } },
      },
    ],
  },
  ...ODD_FORMS.map(
    ([Path, OutputFileName]): Scenario => ({
      name: `a listing with paths in the form "${Path}", whose output is named as "${OutputFileName}", is read like any`,
      tree: { "in/a.csv": "alpha", "in/in/b.csv": "beta", "in/in/in": "gamma" },
      runs: [
        {
          faults: { OddListings: [{ Path, OutputFileName }] },
          expect: {
            folders: { listed: 2, failed: 0 },
            files: { seen: 3, transferred: 3, skipped: {} },
            calls: { StartDirectoryListing: 2 },
          },
        },
      ],
      ledger: "complete",
    }),
  ),
  {
    name: "an empty folder of which no listing is written is empty by its event, and the ledger hears of it",
    tree: TWO_FOLDERS,
    runs: [
      { expect: { files: { transferred: 2 } } },
      {
        change: { "in/bad/b.csv": undefined },
        faults: { OddListings: [{ WritesEmpty: false }] },
        expect: {
          folders: { listed: 3, failed: 0 },
          files: { seen: 1, skipped: { unchanged: 1 } },
          calls: { StartDirectoryListing: 3 },
        },
      },
    ],
    onlyInS3: ["in/bad/b.csv"],
    ledger: "complete",
  },
  {
    name: "an empty folder of which nothing is heard is tried again, and is no empty one",
    tree: TWO_FOLDERS,
    settings: { timeouts: { listing: 6 } },
    runs: [
      { expect: { files: { transferred: 2 } } },
      {
        change: { "in/bad/b.csv": undefined },
        faults: { OddListings: [{ WritesEmpty: false }], LoseEvent: [{ Event: "listing-completed" }] },
        expect: {
          error: "ListingTimedOut",
          folders: { listed: 2, failed: 1 },
          failures: { "/in/bad": /neither a listing nor a failure event/ },
        },
      },
      { change: { "in/bad/b.csv": "beta" }, expect: { files: { seen: 2 } } },
    ],
  },
  {
    name: "listings that wait behind the run's transfers are waited for, and not asked for again",
    tree: TWO_FOLDERS,
    settings: { timeouts: { listing: 6 } },
    runs: [
      {
        change: { "in/first.csv": "first" },
        faults: {
          OddListings: [{ AfterTransfers: true }],
          DelayFile: [{ File: "/in/first.csv", Seconds: 4 }],
        },
        expect: {
          folders: { listed: 3, failed: 0 },
          files: { transferred: 3 },
          calls: { StartDirectoryListing: 3 },
        },
      },
    ],
    ledger: "complete",
  },
  {
    name: "a truncated listing fails the run after what it saw is copied",
    defect: "truncated",
    tree: numbered("in", 5),
    runs: [
      {
        faults: { TruncateListing: [{ Folder: "/in", Entries: 3 }] },
        expect: {
          error: "ListingTruncated",
          files: { seen: 3, transferred: 3 },
          failures: { "/in": /^ListingTruncated/ },
        },
      },
      { expect: { files: { transferred: 2, skipped: { unchanged: 3 } } } },
    ],
  },
  {
    name: "a truncated listing makes the ledger forget nothing",
    tree: numbered("in", 5),
    runs: [
      { expect: { files: { transferred: 5 } } },
      {
        faults: { TruncateListing: [{ Folder: "/in", Entries: 0, Times: 1 }] },
        expect: { error: "ListingTruncated", files: { seen: 0 }, failures: { "/in": /^ListingTruncated/ } },
      },
      { expect: { files: { skipped: { unchanged: 5 } }, calls: { TargetBucketRequests: 0 } } },
    ],
  },
  {
    name: "`truncated` may be a boolean, true or false",
    tree: numbered("in", 3),
    runs: [
      {
        faults: { BooleanTruncated: [{}], TruncateListing: [{ Entries: 2 }] },
        expect: { error: "ListingTruncated", files: { transferred: 2 }, failures: { "/in": /^ListingTruncated/ } },
      },
      { faults: { BooleanTruncated: [{}] }, expect: { files: { transferred: 1, skipped: { unchanged: 2 } } } },
    ],
  },
  {
    name: "a folder of 1,001 files is listed whole",
    defect: "maxItems",
    tree: numbered("in", 1001),
    runs: [{ expect: { files: { seen: 1001, transferred: 1001 }, calls: { StartFileTransfer: 101 } } }],
  },
  {
    name: "a folder of more entries than MaxItems is reported, never cut silently",
    tree: numbered("in", 12),
    settings: { connectorLimits: { maxListingItems: 10 } },
    runs: [
      {
        expect: {
          error: "ListingTruncated",
          files: { seen: 10, transferred: 10 },
          failures: { "/in": /more than 10 entries/ },
        },
      },
    ],
    // Which ten the server names first is its own choice, so nothing is held against the bucket's content.
    objects: "any",
  },
  {
    name: "an entry without a time is copied, and its listing is not dropped",
    defect: "noTime",
    tree: numbered("in", 3),
    runs: [
      {
        faults: { OmitAttributes: [{ File: "/in/001.dat", Attributes: ["modifiedTimestamp"] }] },
        expect: { files: { seen: 3, transferred: 3 } },
      },
      {
        faults: { OmitAttributes: [{ File: "/in/001.dat", Attributes: ["modifiedTimestamp"] }] },
        expect: { files: { transferred: 0, skipped: { unchanged: 3 } } },
      },
    ],
  },
  {
    name: "entries with neither time nor size are judged by presence",
    tree: numbered("in", 3),
    runs: [
      {
        faults: { OmitAttributes: [{ Attributes: ["modifiedTimestamp", "size"] }] },
        expect: { files: { transferred: 3 } },
      },
      {
        faults: { OmitAttributes: [{ Attributes: ["modifiedTimestamp", "size"] }] },
        change: { "in/new.dat": "new" },
        expect: { files: { transferred: 1, skipped: { unchanged: 3 } } },
      },
    ],
  },
];
