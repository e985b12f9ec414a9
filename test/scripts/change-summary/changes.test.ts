import { expect } from "chai";
import { newProblems } from "../../../config/problems/weighed-problems";
import type { ChangeSummary } from "../../../scripts/commands/change-summary/change-summary";
import { serverChanges } from "../../../scripts/commands/change-summary/changes";
import { code } from "../../../scripts/commands/change-summary/code";
import { summaryMarkdown } from "../../../scripts/commands/change-summary/markdown";
import { definition, folderSync, load } from "../../config/support";

type Files = Parameters<typeof load>[0];

const server = (Name: string, changes: object = {}, prefix = Name) =>
  definition({ Name, SyncSettings: [folderSync("/data", prefix)], ...changes });

async function compare(before: Files, after: Files, files: ChangeSummary["files"] = []) {
  const now = await load(after);
  const base = await load(before);
  const changes = serverChanges(base, now);
  const markdown = summaryMarkdown({
    base: "0".repeat(40),
    changes,
    problems: now.problems,
    newProblems: newProblems(now.problems, base.problems),
    files,
    plans: [],
    settings: [],
    cost: { month: "2026-12", before: NOTHING, after: NOTHING },
    now: new Date(0),
    resourcesOf: (name) => ({ secret: name, roles: [name] }),
  });
  return { changes, markdown };
}

const kinds = async (before: Files, after: Files) =>
  (await compare(before, after)).changes.map(({ server: name, kind }) => `${name} ${kind}`);

const NOTHING = { servers: 0, fixed: 0, runs: 0, leastOfRuns: 0 };

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

  it("tells as removed what was not valid in the base, and that it may be deployed", async () => {
    const { changes, markdown } = await compare({ "one.yaml": server("one", { Schedule: "never" }) }, {});
    expect(changes.map(({ server: name, kind, file }) => [name, kind, file])).to.deep.equal([
      ["one", "removed", "one.yaml"],
    ]);
    expect(markdown)
      .to.contain("## SFTP sync: 1 server removed\n")
      .and.to.contain("it is deployed if an earlier commit had it right")
      .and.to.contain("`npx sftp-sync destroy one`");
  });

  for (const [what, before] of [
    ["was not valid", { "one.yaml": server("one", { Schedule: "never" }) }],
    ["had a file that could not be read", { "one.yaml": "[" }],
  ] as const) {
    it(`tells as valid now, and not as added, what ${what} in the base`, async () => {
      const { changes, markdown } = await compare(before, { "one.yaml": server("one") });
      expect(changes.map(({ server: name, kind }) => `${name} ${kind}`)).to.deep.equal(["one valid now"]);
      expect(markdown)
        .to.contain("### `one`: valid now")
        .and.to.contain("It may be deployed, as an earlier commit had it")
        .and.to.contain("New, unless it is deployed: the secret");
    });
  }

  it("tells that an added server may take over what an earlier one of its name has left", async () => {
    const { markdown } = await compare({}, { "one.yaml": server("one") });
    expect(markdown)
      .to.contain("takes its stack over, and the credentials in its secret go to the address above")
      .and.to.contain("`npx sftp-sync diff one`");
  });

  it("tells nothing of what was not valid, and is not", async () => {
    const wrong = { "one.yaml": server("one", { Schedule: "never" }) };
    expect(await kinds(wrong, wrong)).to.deep.equal([]);
  });

  for (const [what, now] of [
    ["has no file", {}],
    ["has a file with another name", { "one.yaml": server("two") }],
    ["has a file with another name, which is wrong", { "one.yaml": server("two", { Schedule: "never" }) }],
  ] as const) {
    it(`tells as removed what ${what}`, async () => {
      expect(await kinds({ "one.yaml": server("one") }, now)).to.include("one removed");
    });
  }

  it("tells AllowOverlap where it becomes true, of a sync or with a server", async () => {
    const sync = (changes: object) => ({ SyncSettings: [folderSync("/data", "one", { Name: "orders", ...changes })] });
    const before = { "one.yaml": server("one", sync({})) };
    const after = { "one.yaml": server("one", sync({ AllowOverlap: true })) };
    const { changes, markdown } = await compare(before, after);
    expect(changes[0]?.overlapping).to.deep.equal(["orders"]);
    expect(changes[0]?.syncs[0]?.fields).to.deep.equal([{ field: "AllowOverlap", before: false, after: true }]);
    expect(markdown).to.match(/^> \*\*.*AllowOverlap.*`orders`/m);
    expect((await compare({}, after)).markdown).to.match(/^> \*\*.*AllowOverlap.*`orders`/m);
    const back = await compare(after, before);
    expect(back.changes[0]?.overlapping).to.deep.equal([]);
    expect(back.markdown).to.contain("| `orders` | `AllowOverlap` | `true` | `false` |");
  });
});

describe("summaryMarkdown", () => {
  const withGlobs = (Include: string[]) => ({
    "one.yaml": server("one", {
      SyncSettings: [
        folderSync("/data", "one", { Name: "orders", RemoteFolders: { Folder: "/data", Recursive: true, Include } }),
      ],
    }),
  });
  const row = async (before: string[], after: string[]) =>
    (await compare(withGlobs(before), withGlobs(after))).markdown
      .split("\n")
      .find((line) => line.startsWith("| `orders`"));

  it("shows of lists the entries that differ, and how many there are besides", async () => {
    const many = Array.from({ length: 100 }, (_, index) => `file-${index}.csv`);
    expect(await row([...many, "old"], ["new", ...many])).to.equal(
      "| `orders` | `RemoteFolders.Include` | `old`<br>(100 entries as before) | `new`<br>(100 entries as before) |",
    );
    expect(await row(["a", "b"], ["b", "a"])).to.equal(
      "| `orders` | `RemoteFolders.Include` | `a`<br>`b` | `b`<br>`a` |",
    );
  });

  it("is no longer than a comment may be; says before and after what it shows how much is left out, and hides no danger", async () => {
    const names = Array.from({ length: 400 }, (_, index) => `partner-${index}`);
    const added = Object.fromEntries(names.map((name) => [`${name}.yaml`, server(name)]));
    const elsewhere = server("zulu", { Url: "elsewhere.example.com" });
    const { markdown } = await compare({ "zulu.yaml": server("zulu") }, { ...added, "zulu.yaml": elsewhere });
    expect(markdown.length).to.be.lessThan(65_536);
    expect(markdown).to.contain("400 servers added");
    const LEFT = /\*\*Left out here: (\d+) more lines[^\n]*summary --json[^\n]*\*\*/g;
    const [first, last] = [...markdown.matchAll(LEFT)];
    expect(Number(first?.[1])).to.be.greaterThan(0);
    expect(markdown.endsWith(last?.[0] ?? "none")).to.equal(true);
    const toElsewhere = markdown.indexOf("- Credentials go to another place, or to one with other keys: `zulu`");
    expect(toElsewhere)
      .to.be.greaterThan(0)
      .and.lessThan(first?.index ?? 0);
    expect(first?.index).to.be.lessThan(markdown.indexOf("partner-0"));
  });

  it("hides no problem behind many others: errors, what is new, and one of each kind come first", async () => {
    const Include = Array.from({ length: 60 }, (_, index) => `file-${index}`);
    const noisy = [folderSync("/data", "a", { RemoteFolders: { Folder: "/data", Recursive: true, Include } })];
    const before = { "a.yaml": server("a", { SyncSettings: noisy }) };
    const after = {
      ...before,
      "b.yaml": server("b", { SyncSettings: [folderSync("/new//", "b")] }),
      "c.yaml": server("c", { Schedule: "never" }),
    };
    const { markdown } = await compare(before, after);
    const [, , figures, , first, second] = markdown.slice(markdown.indexOf("### What validation says")).split("\n");
    expect(figures).to.match(/^1 error and \d+ warnings, \d of them new\. \*\*Not shown here: \d+\.\*\*/);
    expect(first).to.match(/^- new: .*c\.yaml.*Schedule/);
    expect(second).to.match(/^- new: .*b\.yaml/);
    expect(markdown).not.to.contain("- new: `a.yaml");
  });

  it("names other files on top, those first that are run as they are", async () => {
    const { markdown } = await compare({}, {}, [
      { file: "main.ts", kind: "other", isRemoved: false },
      { file: ".npmrc", kind: "hidden", isRemoved: true },
      { file: "node_modules/a/`b`.js", kind: "unseen", isRemoved: false },
      { file: "node_modules/gone.js", kind: "unseen", isRemoved: true },
    ]);
    const [, , , , heading, , ...lines] = markdown.split("\n");
    expect(heading).to.equal("### Look at this first");
    expect(lines[0]).to.match(/^- \*\*Run .*\*\*: ``node_modules\/a\/`b`.js``$/);
    expect(lines[1]).to.match(/^- Files that programs obey .*: `.npmrc`$/);
    expect(lines[2]).to.match(/^- Code .*: `main.ts`$/);
  });
});

describe("code", () => {
  it("marks where a text is cut, between characters", () => {
    expect(code("a".repeat(1024))).to.equal(`\`${"a".repeat(1024)}\``);
    expect(code(`${"a".repeat(1023)}\u{1f600}bc`)).to.equal(`\`${"a".repeat(1023)}\u{1f600}... (2 more characters)\``);
  });

  it("ends no cell of a table: no pipe stands behind two backslashes, of which readers make different things", () => {
    expect(code("a|b||c")).to.equal("`a\\|b\\|\\|c`");
    expect(code("a\\|b\\\\||c")).to.equal("`a\\\\u007cb\\\\\\u007c\\|c`");
  });
});
