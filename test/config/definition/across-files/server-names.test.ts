import { expect } from "chai";
import { definition, folderSync, load } from "../../support";

describe("serverNamesAreUnique", () => {
  it("refuses each further server of a name, however it is written", async () => {
    const server = (Name: string, prefix: string) => definition({ Name, SyncSettings: [folderSync("/a", prefix)] });
    const { definitions, problems } = await load({
      "a.json": server("partner-a", "1"),
      "b.json": server("Partner A", "2"),
      "c.json": server("partner-a", "3"),
      "d.json": server("partner-b", "4"),
    });
    expect(problems.map(({ file, path, message }) => [file, path, message])).to.deep.equal([
      ["b.json", "Name", "is used as partner-a"],
      ["b.json", "Name", "the server at a.json:2:11 has the name partner-a already"],
      ["c.json", "Name", "the server at a.json:2:11 has the name partner-a already"],
    ]);
    expect(definitions.map(({ name }) => name)).to.deep.equal(["partner-a", "partner-b"]);
  });
});
