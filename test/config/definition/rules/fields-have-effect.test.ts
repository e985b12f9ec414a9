import { expect } from "chai";
import { definition, load, summary, sync } from "../../support";

const findings = async (changes: Record<string, unknown>) =>
  summary(await load({ "a.json": definition({ SyncSettings: [sync(changes)] }) })).map((text) =>
    text.replace(/^warning SyncSettings\[0\]\.(RemoteFolders\.)?/, ""),
  );

const remote = (fields: Record<string, unknown>) =>
  findings({ RemoteFolders: { Folder: "/data", Recursive: true, ...fields } });

describe("fieldsHaveEffect", () => {
  it("warns of a depth where Recursive is false", async () => {
    expect(await remote({ Recursive: false, MaxDepth: 3 })).to.deep.equal([
      "MaxDepth: has no effect: Recursive is false",
    ]);
    expect(await remote({ Recursive: false, MaxDepth: 0 })).to.deep.equal([]);
    expect(await remote({ Recursive: true, MaxDepth: 3 })).to.deep.equal([]);
    expect(await remote({ Recursive: false })).to.deep.equal([]);
  });

  for (const glob of ["**", "**/*", "**/**"]) {
    it(`warns where Exclude has ${glob}`, async () => {
      expect(await remote({ Include: ["**/a.csv"], Exclude: ["tmp/**", glob] })).to.deep.equal([
        "Exclude[1]: leaves out every file, and the sync copies none",
      ]);
    });
  }

  it("takes * for everything in one folder alone", async () => {
    const nothing = "Exclude[0]: leaves out every file, and the sync copies none";
    expect(await remote({ Recursive: false, Exclude: ["*"] })).to.deep.equal([nothing]);
    expect(await remote({ Exclude: ["*"] })).not.to.include(nothing);
  });

  const swallowed: readonly (readonly [string, string])[] = [
    ["**/*.csv", "**/*.csv"],
    ["a/**/*.csv", "**/*.csv"],
    ["a/b/c.csv", "a/**"],
    ["a/**", "a/**"],
  ];
  for (const [glob, by] of swallowed) {
    it(`warns that Exclude ${by} leaves nothing of Include ${glob}`, async () => {
      expect(await remote({ Include: ["**/x.pdf", glob], Exclude: [by] })).to.deep.equal([
        `Include[1]: takes no file: Exclude has "${by}", which wins`,
      ]);
    });
  }

  const left: readonly (readonly [string, string])[] = [
    ["**/*.csv", "a/**"],
    ["ab/*.csv", "a/**"],
    ["**/a*", "**/a"],
    ["a/**", "a/*"],
    ["{a,b}/**", "a/**"],
    ["**/*.csv", "**/draft-*"],
    ["**/*.csv", "**/*.CSV"],
  ];
  for (const [glob, other] of left) {
    it(`has nothing to say of Include ${glob} beside Exclude ${other}`, async () => {
      expect(await remote({ Include: [glob], Exclude: [other] })).to.deep.equal([]);
    });
  }

  for (const seconds of [300_000, 3_600_000, 1_000_000, 86_400_000, 31_536_000]) {
    it(`warns that an age of ${seconds} may be milliseconds`, async () => {
      const [first] = await findings({ MinimumAgeSeconds: seconds });
      expect(first).to.match(/^MinimumAgeSeconds: is \d+ days: it counts seconds, and looks like milliseconds$/);
    });
  }

  for (const seconds of [0, 60, 3600, 86_400, 604_800, 999_000, 1_296_000, 2_592_000, 7_776_000]) {
    it(`has nothing to say of an age of ${seconds}`, async () => {
      expect(await findings({ MinimumAgeSeconds: seconds })).to.deep.equal([]);
    });
  }
});
