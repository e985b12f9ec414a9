import { expect } from "chai";
import { serverChanges } from "../../../scripts/commands/change-summary/changes";
import { summaryMarkdown } from "../../../scripts/commands/change-summary/markdown";
import { definition, folderSync, load } from "../../config/support";

type Files = Parameters<typeof load>[0];

const server = (Name: string, changes: object = {}, prefix = Name) =>
  definition({ Name, SyncSettings: [folderSync("/data", prefix)], ...changes });

async function compare(before: Files, after: Files) {
  const now = await load(after);
  const changes = serverChanges(await load(before), now);
  const markdown = summaryMarkdown({
    base: "0".repeat(40),
    changes,
    problems: now.problems,
    plans: [],
    settings: [],
    now: new Date(0),
    resourcesOf: (name) => ({ secret: name, roles: [name] }),
  });
  return { changes, markdown };
}

const kinds = async (before: Files, after: Files) =>
  (await compare(before, after)).changes.map(({ server: name, kind }) => `${name} ${kind}`);

describe("serverChanges", () => {
  it("tells a server whose file is not valid now, and has nobody destroy it", async () => {
    const { changes, markdown } = await compare(
      { "one.yaml": server("one") },
      { "one.yaml": server("one", { Schedule: "never" }) },
    );
    expect(changes.map(({ kind, file }) => [kind, file])).to.deep.equal([["not valid", "one.yaml"]]);
    expect(markdown).to.contain("## SFTP sync: 1 server not valid\n").and.to.contain("### `one`: not valid");
    expect(markdown).not.to.contain("destroy");
  });

  for (const [what, now] of [
    ["overlaps another's", { "a.yaml": server("a", {}, "one"), "one.yaml": server("one") }],
    ["has moved, and is wrong", { "team/one.yaml": server("one", { Schedule: "never" }) }],
    ["has no name that can be read", { "one.yaml": server("one", { Name: ["one"] }) }],
    ["cannot be read at all", { "one.yaml": "[" }],
  ] as const) {
    it(`tells the same of a server whose file ${what}`, async () => {
      expect(await kinds({ "one.yaml": server("one") }, now)).to.include("one not valid");
    });
  }

  for (const [what, now] of [
    ["has no file", {}],
    ["has a file with another name", { "one.yaml": server("two") }],
    ["has a file with another name, which is wrong", { "one.yaml": server("two", { Schedule: "never" }) }],
  ] as const) {
    it(`tells as removed what ${what}`, async () => {
      expect(await kinds({ "one.yaml": server("one") }, now)).to.include("one removed");
    });
  }
});
