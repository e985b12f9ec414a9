import { expect } from "chai";
import { definition, folderSync, load, summary, sync } from "../../support";

function derived(folder: string) {
  return sync({ RemoteFolders: { Folder: folder, Recursive: false } });
}

describe("syncNamesAreUnique", () => {
  const cases: readonly (readonly [string, Record<string, unknown>[], string[]])[] = [
    ["takes names that differ", [derived("/a"), derived("/b")], []],
    [
      "refuses folders whose derived names collide",
      [derived("/a/b"), derived("/a-b")],
      [
        "error SyncSettings[1].RemoteFolders.Folder: " +
          "the name derived from this folder is a-b, as is that of SyncSettings[0]",
      ],
    ],
    ["takes them when one has a Name", [derived("/a/b"), { ...derived("/a-b"), Name: "other" }], []],
    [
      "refuses a Name that is derived elsewhere",
      [derived("/a/b"), { ...derived("/c"), Name: "a-b" }],
      ["error SyncSettings[1].Name: SyncSettings[0] has the name a-b already"],
    ],
    [
      "compares normalised names",
      [
        { ...derived("/a"), Name: "my-sync" },
        { ...derived("/b"), Name: "My Sync" },
      ],
      [
        "warning SyncSettings[1].Name: is used as my-sync",
        "error SyncSettings[1].Name: SyncSettings[0] has the name my-sync already",
      ],
    ],
    [
      "reports each that is taken",
      [derived("/a/b"), derived("/a-b"), derived("/a_b")],
      [1, 2].map(
        (index) =>
          `error SyncSettings[${index}].RemoteFolders.Folder: ` +
          "the name derived from this folder is a-b, as is that of SyncSettings[0]",
      ),
    ],
  ];
  for (const [behaviour, SyncSettings, problems] of cases) {
    it(behaviour, async () => {
      expect(summary(await load({ "a.json": definition({ SyncSettings }) }))).to.deep.equal(problems);
    });
  }

  it("lets two servers have syncs of one name", async () => {
    const server = (Name: string) => definition({ Name, SyncSettings: [folderSync("/a", Name, { Name: "same" })] });
    expect(summary(await load({ "a.json": server("a"), "b.json": server("b") }))).to.deep.equal([]);
  });
});
