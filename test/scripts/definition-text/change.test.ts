import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { structuredPatch } from "diff";
import { parse } from "yaml";
import { type Change, changedText } from "../../../scripts/commands/definition-text/change";

const EXAMPLE = readFileSync(join(resolve(__dirname, "../../.."), "servers", "example.yaml"), "utf8");

/** The lines that a change removes and adds, in their order. */
function changedLines(text: string, ...changes: readonly Change[]): string[] {
  const after = changedText("partner.yaml", text, changes);
  const { hunks } = structuredPatch("a", "b", text, after, "", "", { context: 0 });
  return hunks.flatMap(({ lines }) => lines.filter((line) => /^[-+]/.test(line)).map((line) => line.trimEnd()));
}

const set = (path: Change["path"], value: unknown): Change => ({ kind: "set", path, value });
const remove = (path: Change["path"]): Change => ({ kind: "remove", path });

describe("a change of a definition's text", () => {
  const cases: readonly [what: string, change: Change, lines: readonly string[]][] = [
    ["a value, in its quotes", set(["Schedule"], "@daily"), ['-Schedule: "@hourly"', '+Schedule: "@daily"']],
    ["a boolean", set(["Enabled"], false), ["-Enabled: true", "+Enabled: false"]],
    ["a field where it usually stands", set(["FormerName"], "old"), ["+FormerName: old"]],
    [
      "the first field of an entry",
      set(["SyncSettings", 0, "Name"], "prices"),
      ["-  - LocalRepository:", "+  - Name: prices", "+    LocalRepository:"],
    ],
    [
      "a list that was not there",
      set(["SyncSettings", 0, "RemoteFolders", "Include", 0], "*.csv"),
      ["+      Include:", '+        - "*.csv"'],
    ],
    [
      "an entry at the end of a list",
      set(["SyncSettings", 1, "RemoteFolders", "Include", 2], "**/*.txt"),
      ['+        - "**/*.txt"'],
    ],
    [
      "no entry, with its comment, and the others with theirs",
      remove(["SyncSettings", 1, "RemoteFolders", "Exclude", 1]),
      ["-        # A folder with everything in it, which is not even listed.", "-        - archive/**"],
    ],
    [
      "no field, with its comment and the blank line",
      remove(["ScheduleTimezone"]),
      ["-# IANA time zone of the schedules. Default: UTC.", "-ScheduleTimezone: Europe/Berlin", "-"],
    ],
    [
      "a text that YAML would read otherwise",
      set(["Description"], "a: b #c"),
      ["-Description: Daily reports and price lists of partner A", '+Description: "a: b #c"'],
    ],
  ];
  for (const [what, change, lines] of cases) {
    it(`writes ${what}, and nothing else, with line ends of either kind`, () => {
      expect(changedLines(EXAMPLE, change)).to.deep.equal(lines);
      const windows = changedText("partner.yaml", EXAMPLE.replaceAll("\n", "\r\n"), [change]);
      expect(windows.replaceAll("\r\n", "")).not.to.match(/[\r\n]/);
      expect(windows.replaceAll("\r\n", "\n")).to.equal(changedText("partner.yaml", EXAMPLE, [change]));
    });
  }

  it("keeps a long host key on one line", () => {
    const key = `ssh-rsa ${"A".repeat(700)}`;
    expect(changedLines(EXAMPLE, set(["PublicKey", 1], key))).to.deep.equal([`+  - ${key}`]);
  });

  it("takes to a file's own way of writing", () => {
    const text = "Name: 'a'\nSyncSettings:\n- RemoteFolders:\n    Folder: '/x'\n    Recursive: true\n";
    expect(changedLines(text, set(["SyncSettings", 0, "RemoteFolders", "Include"], ["*.csv"]))).to.deep.equal([
      "+    Include:",
      "+    - '*.csv'",
    ]);
    expect(changedLines(text, set(["SyncSettings", 0, "RemoteFolders", "Folder"], "/y"))).to.deep.equal([
      "-    Folder: '/x'",
      "+    Folder: '/y'",
    ]);
  });

  it("works within braces and in JSON, whose indentation it keeps", () => {
    expect(changedLines("Include: [a, b]\n", set(["Include", 2], "c d"))).to.deep.equal([
      "-Include: [a, b]",
      '+Include: [a, b, "c d"]',
    ]);
    const json = `${JSON.stringify(parse(EXAMPLE), null, 4)}\n`;
    for (const [, change] of cases) {
      const after = changedText("partner.json", json, [change]);
      expect(after).to.equal(`${JSON.stringify(JSON.parse(after), null, 4)}\n`);
      expect(JSON.parse(after)).to.deep.equal(parse(changedText("partner.yaml", EXAMPLE, [change])));
    }
  });

  it("keeps a byte order mark", () => {
    expect(changedText("a.yaml", "\uFEFFName: a\n", [set(["Name"], "b")])).to.equal("\uFEFFName: b\n");
  });

  it("is refused where an anchor or alias would change something else, and where the text cannot be read", () => {
    const shared = "A: &one\n  B: 1\nC: *one\n";
    expect(() => changedText("a.yaml", shared, [set(["C", "B"], 2)])).to.throw(/alias/);
    expect(() => changedText("a.yaml", shared, [set(["A", "B"], 2)])).to.throw(/without changing something else/);
    expect(() => changedText("a.yaml", "A: [1\n", [set(["A"], 2)])).to.throw(/cannot be read/);
    expect(() => changedText("a.yaml", "A: 1\n", [remove(["B"])])).to.throw(/B is not in the file/);
  });
});
