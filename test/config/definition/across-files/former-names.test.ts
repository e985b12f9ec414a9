import { expect } from "chai";
import { definition, folderSync, load } from "../../support";

describe("formerNamesAreFree", () => {
  const server = (Name: string, FormerName?: string) =>
    definition({ Name, ...(FormerName === undefined ? {} : { FormerName }), SyncSettings: [folderSync("/a", Name)] });

  it("takes the name of a server that is gone, however it is written", async () => {
    const { definitions, problems } = await load({
      "a.json": server("new", "old"),
      "b.json": server("other", "Gone 1"),
    });
    expect(problems.map(({ severity, message }) => [severity, message])).to.deep.equal([
      ["warning", "is used as gone-1"],
    ]);
    expect(definitions.map(({ formerName }) => formerName)).to.deep.equal(["old", "gone-1"]);
  });

  it("refuses the name of a server that is still there, and a server's own", async () => {
    const { definitions, problems } = await load({ "a.json": server("new", "Old"), "b.json": server("old", "old") });
    expect(problems.filter(({ severity }) => severity === "error").map(({ file, path }) => [file, path])).to.deep.equal(
      [
        ["a.json", "FormerName"],
        ["b.json", "FormerName"],
      ],
    );
    expect(problems.at(-1)?.message).to.match(/^the server at b\.json:2:\d+ has the name old$/);
    expect(definitions).to.deep.equal([]);
  });
});
