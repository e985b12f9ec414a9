import { expect } from "chai";
import { definition, folderSync, load, summary } from "../support";

const FOLDER = "error SyncSettings[0].RemoteFolders.Folder:";

describe("foldersHaveRoomForFiles", () => {
  const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
    // `/data-lake/` and 11 characters, up to 1,024 in all.
    ["takes a folder with room for a name", `/${"x".repeat(1011)}`, "p", []],
    ["takes the root", "/", "", []],
    ["takes a folder without Prefix, up to the last byte", `/${"x".repeat(1013)}`, "", []],
    [
      "refuses a folder whose files the API cannot name",
      `/${"x".repeat(1022)}`,
      "",
      [
        `${FOLDER} is too long: a file in it has a path of 1025 characters at least`,
        `${FOLDER} is too long: with bucket and Prefix, it has 1033 characters`,
      ],
    ],
    [
      "counts a key in bytes",
      "/data",
      "é".repeat(509),
      [`${FOLDER} is too long: with Prefix, a file in it has a key of 1025 bytes at least`],
    ],
    ["counts a tag as the digits that it becomes", `/%year%/${"x".repeat(1008)}`, "", []],
  ];
  for (const [behaviour, folder, prefix, problems] of cases) {
    it(behaviour, async () => {
      const sync = { ...folderSync(folder, prefix), Name: "in" };
      expect(summary(await load({ "a.json": definition({ SyncSettings: [sync] }) }))).to.deep.equal(problems);
    });
  }
});
