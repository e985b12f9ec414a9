import type { Scenario } from "./scenario";

const LEVELS = 20;
const deep = `in/${"d/".repeat(LEVELS)}bottom.csv`;

/** The paths of these folders alone are more than the 256 KiB that may pass from state to state. */
const MANY = 300;
const LONG = `in${`/${"long-".repeat(46)}`.repeat(4)}`;
const manyFolders = Array.from({ length: MANY }, (_, index) => `${LONG}/${index}/a.csv`);

/** Trees as partners build them, by intent or not. */
export const TREES: readonly Scenario[] = [
  {
    name: "a missing folder fails the run by name, until it is there",
    tree: {},
    runs: [
      {
        expect: {
          error: "RemoteFolderMissing",
          folders: { listed: 0, failed: 1 },
          failures: { "/in": /DIRECTORY_NOT_FOUND/ },
        },
      },
      { change: { "in/a.csv": "alpha" }, expect: { files: { transferred: 1 } } },
    ],
  },
  {
    name: "a missing folder is nothing to speak of where MissingFolder is ignore",
    tree: {},
    sync: { setting: { MissingFolder: "ignore" } },
    runs: [
      { expect: { folders: { listed: 0, failed: 0 }, files: { seen: 0 } } },
      { change: { "in/a.csv": "alpha" }, expect: { files: { transferred: 1 } } },
    ],
  },
  {
    name: "a symbolic link that leads back up ends on MaxDepth",
    tree: { "in/a.csv": "alpha", "in/loop": { linkTo: "../in" } },
    sync: { remoteFolders: { MaxDepth: 3 } },
    runs: [{ expect: { folders: { listed: 4 }, files: { seen: 4, transferred: 4 }, warnings: [/below MaxDepth 3/] } }],
    onlyInS3: ["in/loop/a.csv", "in/loop/loop/a.csv", "in/loop/loop/loop/a.csv"],
  },
  {
    name: "names that differ only in case or in Unicode normalisation are different files",
    tree: {
      "in/Data.csv": "upper",
      "in/data.csv": "lower",
      "in/caf\u00e9.csv": "composed",
      "in/cafe\u0301.csv": "decomposed",
      "in/Folder/x": "upper",
      "in/folder/x": "lower",
    },
    runs: [
      { expect: { folders: { listed: 3 }, files: { seen: 6, transferred: 6 } } },
      { expect: { files: { transferred: 0, skipped: { unchanged: 6 } } } },
    ],
  },
  {
    name: `a folder ${LEVELS} levels down is reached`,
    tree: { [deep]: "bottom" },
    runs: [{ expect: { folders: { listed: LEVELS + 1 }, files: { seen: 1, transferred: 1 } } }],
  },
  {
    name: "more folders than fit into the state are listed",
    defect: "pathsInState",
    tree: Object.fromEntries(manyFolders.map((path) => [path, "x"])),
    runs: [{ options: { dryRun: true }, expect: { folders: { listed: MANY + 5 }, files: { wouldTransfer: MANY } } }],
    notInS3: manyFolders,
  },
];
