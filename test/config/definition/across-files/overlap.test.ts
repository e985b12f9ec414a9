import { expect } from "chai";
import { definition, folderSync, load, summary } from "../../support";

const RECURSIVE = (folder: string, changes: Record<string, unknown> = {}) => ({
  RemoteFolders: { Folder: folder, Recursive: true, ...changes },
});

/** Two syncs, as prefix, folder, whether recursive, and the depth. */
type Place = readonly [prefix: string, folder: string, recursive?: "recursive", maxDepth?: number];

async function overlapOf(a: Place, b: Place, changes: Record<string, unknown> = {}): Promise<boolean> {
  const syncs = [a, b].map(([prefix, folder, recursive, MaxDepth], index) =>
    folderSync(folder, prefix, {
      Name: `sync-${index}`,
      RemoteFolders: { Folder: folder, Recursive: recursive === "recursive", MaxDepth },
      ...(index === 1 ? changes : {}),
    }),
  );
  const { problems } = await load({ "a.json": definition({ SyncSettings: syncs }) });
  return problems.some(
    ({ severity, message }) => severity === "error" && message.startsWith("writes to s3://data-lake/"),
  );
}

describe("syncsDoNotOverlap", () => {
  const overlapping: readonly (readonly [string, Place, Place])[] = [
    ["equal folders", ["p", "/a"], ["p", "/a"]],
    ["a folder below a recursive one", ["p", "/a", "recursive"], ["p", "/a/b"]],
    ["a recursive folder above, named second", ["p", "/a/b"], ["p", "/a", "recursive"]],
    ["a folder below a recursive root", ["p", "/", "recursive"], ["p", "/a"]],
    ["prefix and folder that make the same key", ["x", "/y/z"], ["x/y", "/z"]],
    ["no prefix and the same key", ["", "/x/y"], ["x", "/y"]],
    ["a deeper prefix below a recursive folder", ["x", "/y", "recursive"], ["x/y/z", "/w"]],
    ["a folder at the recursion's limit", ["p", "/a", "recursive", 2], ["p", "/a/b/c"]],
    ["the same tags", ["p", "/a/%year%"], ["p", "/a/%year%"]],
    ["a tag and digits that it can stand for", ["p", "/a/%year%"], ["p", "/a/2026"]],
    ["tags side by side and digits", ["p", "/a/%year%%month%%day%"], ["p", "/a/20260701"]],
    ["tags that can give the same digits", ["p", "/a/%year%"], ["p", "/a/%month%%day%"]],
    ["digits and a tag that can stand for them", ["p", "/a/2026"], ["p", "/a/%year%"]],
    ["a folder below a tag", ["p", "/a/%year%", "recursive"], ["p", "/a/2026/x"]],
    ["a tag below a recursive folder", ["p", "/a", "recursive"], ["p", "/a/%year%"]],
  ];
  for (const [what, a, b] of overlapping) {
    it(`refuses ${what}`, async () => {
      expect(await overlapOf(a, b)).to.equal(true);
    });
  }

  const apart: readonly (readonly [string, Place, Place])[] = [
    ["sibling folders", ["p", "/a", "recursive"], ["p", "/b", "recursive"]],
    ["folders of which one name begins the other", ["p", "/a", "recursive"], ["p", "/ab", "recursive"]],
    ["a folder below one that is not recursive", ["p", "/a"], ["p", "/a/b", "recursive"]],
    ["equal folders under other prefixes", ["p", "/a", "recursive"], ["q", "/a", "recursive"]],
    ["a folder beyond the recursion's limit", ["p", "/a", "recursive", 1], ["p", "/a/b/c"]],
    ["a tag and letters", ["p", "/a/%year%"], ["p", "/a/latest"]],
    ["a tag and another number of digits", ["p", "/a/%year%"], ["p", "/a/%month%"]],
    ["tags with other text around", ["p", "/a/in-%year%"], ["p", "/a/out-%year%"]],
    ["a tag's letters in a prefix, which stay as they are", ["%year%", "/a"], ["2026", "/a"]],
    ["names in another case", ["p", "/A"], ["p", "/a"]],
  ];
  for (const [what, a, b] of apart) {
    it(`takes ${what}`, async () => {
      expect(await overlapOf(a, b)).to.equal(false);
    });
  }

  it("takes an overlap that one of the two allows", async () => {
    expect(await overlapOf(["p", "/a"], ["p", "/a"], { AllowOverlap: true })).to.equal(false);
    expect(await overlapOf(["p", "/a"], ["p", "/a"], { AllowOverlap: false })).to.equal(true);
    const first = folderSync("/a", "p", { Name: "first", AllowOverlap: true });
    const problems = await load({ "a.json": definition({ SyncSettings: [first, folderSync("/a", "p")] }) });
    expect(summary(problems)).to.deep.equal([]);
  });

  const allowing: [string, Record<string, unknown>, Record<string, unknown>, string][] = [
    ["neither allows", {}, {}, "error"],
    ["only the new one allows", {}, { AllowOverlap: true }, "error"],
    ["only the old one allows", { AllowOverlap: true }, {}, "error"],
    ["both allow", { AllowOverlap: true }, { AllowOverlap: true }, "warning"],
    ["the new one allows and the old one is disabled", { Enabled: false }, { AllowOverlap: true }, "warning"],
    ["the new one allows and is itself disabled", {}, { AllowOverlap: true, Enabled: false }, "error"],
    ["neither allows and both are disabled", { Enabled: false }, { Enabled: false }, "error"],
  ];
  for (const [title, old, added, severity] of allowing) {
    it(`of two servers is ${severity === "error" ? "refused" : "taken, with a warning"}, where ${title}`, async () => {
      const { problems } = await load({
        "new.json": definition({ Name: "new", SyncSettings: [folderSync("/a", "p", added)] }),
        "old.json": definition({ Name: "old", SyncSettings: [folderSync("/a", "p", old)] }),
      });
      expect(problems.map((problem) => [problem.severity, problem.file, problem.allowed])).to.deep.equal([
        [
          severity,
          "old.json",
          "folders that are neither equal nor nested, another Prefix, or AllowOverlap: true in both files",
        ],
      ]);
      expect(problems[0]?.message).to.match(
        /^writes to s3:\/\/data-lake\/p\/a\/, as can SyncSettings\[0\] at new\.json:\d+:\d+$/,
      );
    });
  }

  it("is taken where the whole server that does not allow it is disabled", async () => {
    const { problems } = await load({
      "new.json": definition({ Name: "new", SyncSettings: [folderSync("/a", "p", { AllowOverlap: true })] }),
      "old.json": definition({ Name: "old", Enabled: false, SyncSettings: [folderSync("/a", "p")] }),
    });
    expect(problems.map(({ severity }) => severity)).to.deep.equal(["warning"]);
  });

  it("looks at the bucket", async () => {
    const other = { LocalRepository: { BucketName: "other-lake", Prefix: "p" } };
    expect(await overlapOf(["p", "/a"], ["p", "/a"], other)).to.equal(false);
  });

  it("compares the syncs of all servers, and names the other's place", async () => {
    const { definitions, problems } = await load({
      "a.json": definition({ Name: "a", SyncSettings: [folderSync("/a", "p", RECURSIVE("/a"))] }),
      "b.json": definition({ Name: "b", SyncSettings: [folderSync("/a/b", "p")] }),
    });
    expect(problems.map(({ file, path, message }) => [file, path, message])).to.deep.equal([
      [
        "b.json",
        "SyncSettings[0].RemoteFolders.Folder",
        "writes to s3://data-lake/p/a/b/, as can SyncSettings[0] at a.json:15:19",
      ],
    ]);
    expect(definitions.map(({ name }) => name)).to.deep.equal(["a"]);
  });

  it("reports a sync once, however many it overlaps", async () => {
    const SyncSettings = ["/", "/a", "/a/b"].map((folder) => folderSync(folder, "p", RECURSIVE(folder)));
    expect(summary(await load({ "a.json": definition({ SyncSettings }) }))).to.deep.equal([
      "error SyncSettings[1].RemoteFolders.Folder: writes to s3://data-lake/p/a/, as can SyncSettings[0] at a.json:15:19",
      "error SyncSettings[2].RemoteFolders.Folder: writes to s3://data-lake/p/a/b/, as can SyncSettings[0] at a.json:15:19",
    ]);
  });

  it("still compares the sound syncs of a file that has other mistakes", async () => {
    const SyncSettings = [folderSync("/a", "p"), folderSync("/a", "p", { Name: "again" }), { Name: "broken" }];
    const messages = summary(await load({ "a.json": definition({ Url: "", SyncSettings }) }));
    expect(messages.filter((message) => message.includes("as can SyncSettings[0] at"))).to.have.length(1);
  });
});

describe("folders of two servers, in the reach of each other's policies", () => {
  const problemsOf = async (a: string, b: string) => {
    const { problems } = await load({
      "a.json": definition({ Name: "a", Schedule: "@hourly", SyncSettings: [folderSync(a, "p")] }),
      "b.json": definition({ Name: "b", Schedule: "@hourly", SyncSettings: [folderSync(b, "p")] }),
    });
    return problems.map(({ severity, file, message }) => `${severity} ${file}: ${message}`);
  };

  for (const [what, a, b] of [
    ["a folder in one that is not recursive", "/in", "/in/b"],
    ["a name as long as a date", "/in/%year%", "/in/data"],
    ["a name as long as a date, with letters around", "/in/p%month%%day%", "/in/parts/x"],
    ["a date in a folder of digits", "/2026", "/%year%/b"],
    ["what lies below another date", "/in/%year%/x", "/in/2026"],
    ["letters beyond U+00FF, for which a policy has any text", "/in/注文", "/in/data"],
    ["such letters in a name, and another name around them", "/in/a-注文-b/x", "/in/a-c/d-b/x/y"],
    ["such letters in both", "/注文", "/請求"],
    ["such letters before a date", "/in/注文/%year%", "/in/x/data"],
    ["folders in one another that together are as long as a date", "/in/%year%", "/in/a/bc"],
    ["the same, with letters around and a folder below", "/in/p%year%%month%%day%-x", "/in/pa/b/cd/e-x/y"],
    ["the same behind letters beyond U+00FF", "/in/注文/%year%", "/in/x/a/bc"],
  ] as const) {
    it(`are told of: ${what}`, async () => {
      const found = await problemsOf(a, b);
      expect(found.filter((text) => text.startsWith("warning a.json: lets"))).to.deep.equal([
        `warning a.json: lets this server's policies reach s3://data-lake/p${b}/, to which SyncSettings[0] at b.json:15:19 writes`,
      ]);
    });
  }

  for (const [what, a, b] of [
    ["names of another length", "/in/p%year%", "/in/partner"],
    ["other letters around a date", "/in/a-%year%", "/in/b-2026"],
    ["folders in one another that are longer than a date", "/in/%year%", "/in/ab/cde"],
    ["folders that part where a letter stands", "/in/%year%-%month%", "/in/2026/07"],
    ["folders side by side", "/in/a", "/in/b"],
    ["letters beyond U+00FF, and other text before them", "/in/a-注文", "/in/b-c"],
    ["letters beyond U+00FF, and other text behind them", "/in/注文-a", "/in/x-b"],
    ["letters beyond U+00FF above, and another folder", "/in/注文/a", "/in/x"],
  ] as const) {
    it(`are apart: ${what}`, async () => {
      expect(await problemsOf(a, b)).to.deep.equal([]);
    });
  }

  it("are told of where one goes on to what the other's policy may reach there", async () => {
    const below = folderSync("/in/x", "p", { RemoteFolders: { Folder: "/in/x", Recursive: true } });
    const found = await load({
      "a.json": definition({ Name: "a", Schedule: "@hourly", SyncSettings: [folderSync("/in/注文/a", "p")] }),
      "b.json": definition({ Name: "b", Schedule: "@hourly", SyncSettings: [below] }),
    });
    expect(summary(found)).to.have.lengthOf(1);
    expect(summary(found)[0]).to.match(/^warning .* lets this server's policies reach s3:\/\/data-lake\/p\/in\/x\//);
    expect(found.problems[0]?.allowed).to.match(/^a Prefix for each server, of characters up to U\+00FF/);
  });

  it("are told of for a Prefix with letters beyond U+00FF", async () => {
    const { problems } = await load({
      "a.json": definition({ Name: "a", Schedule: "@hourly", SyncSettings: [folderSync("/in", "p-注文")] }),
      "b.json": definition({ Name: "b", Schedule: "@hourly", SyncSettings: [folderSync("/in/b", "p-data")] }),
    });
    expect(problems.map(({ message }) => message).join("\n")).to.match(/reach s3:\/\/data-lake\/p-data\/in\/b\//);
  });

  it("are told of where a policy has no room for all folders, and goes by Prefix alone", async () => {
    const many = (prefix: string) =>
      Array.from({ length: 80 }, (_, index) => folderSync(`/reports/of-department-${index}/daily`, prefix));
    const other = definition({ Name: "b", Schedule: "@hourly", SyncSettings: [folderSync("/payroll", "q")] });
    const found = await load({
      "a.json": definition({ Name: "a", Schedule: "@hourly", SyncSettings: many("") }),
      "b.json": other,
    });
    expect(found.problems.map(({ severity, file, message }) => `${severity} ${file}: ${message}`)).to.deep.equal([
      "warning a.json: lets this server's policies reach s3://data-lake/q/payroll/, to which SyncSettings[0] at b.json:15:19 writes",
    ]);
    expect(found.problems[0]?.allowed).to.match(/no room for so many folders/);
    expect(
      summary(
        await load({
          "a.json": definition({ Name: "a", Schedule: "@hourly", SyncSettings: many("p") }),
          "b.json": other,
        }),
      ),
    ).to.deep.equal([]);
    const few = many("").slice(0, 10);
    expect(
      summary(
        await load({ "a.json": definition({ Name: "a", Schedule: "@hourly", SyncSettings: few }), "b.json": other }),
      ),
    ).to.deep.equal([]);
  });

  it("are told of once, where both write there too", async () => {
    expect(await problemsOf("/in/%year%", "/in/2026")).to.have.lengthOf(1);
  });
});
