import { expect } from "chai";
import { definition, load, summary, sync } from "../../support";

describe("fileNamesHaveRoom", () => {
  const bucket = "b".repeat(10);
  const cases: readonly (readonly [string, unknown, string, boolean])[] = [
    // The key is p/xxx.../f.
    ["a key of 1,024 bytes", "p", `/${"é".repeat(510)}`, true],
    ["a key of 1,026 bytes", "p", `/${"é".repeat(511)}`, false],
    ["a long prefix and a long folder", "p".repeat(600), `/${"x".repeat(600)}`, false],
    ["a long prefix and the root", "p".repeat(1012), "/", true],
    ["no prefix", undefined, "/data", true],
    // The folder's place is /bbbbbbbbbb/p/xxx...
    ["a place of 1,024 characters", "p", `/${"x".repeat(1010)}`, true],
    ["a place of 1,025 characters", "p", `/${"x".repeat(1011)}`, false],
    ["tags, which are longer than their digits", "p", `/${"x".repeat(1002)}/%year%/%month%`, true],
    ["a prefix that is wrong", "a//b", `/${"x".repeat(1011)}`, true],
    ["a prefix that is no text", 7, `/${"x".repeat(1011)}`, true],
  ];
  for (const [what, Prefix, Folder, fits] of cases) {
    it(`${fits ? "has nothing to say about" : "refuses"} ${what}`, async () => {
      const SyncSettings = [
        sync(),
        sync({
          Name: "one",
          LocalRepository: { BucketName: bucket, Prefix },
          RemoteFolders: { Folder, Recursive: true },
        }),
      ];
      const path = "SyncSettings[1].RemoteFolders.Folder";
      const found = summary(await load({ "a.json": definition({ SyncSettings }) }));
      expect(found.filter((line) => line.startsWith(`error ${path}`))).to.deep.equal(
        fits ? [] : [`error ${path}: leaves no room for a file's name, together with the bucket's name and Prefix`],
      );
    });
  }
});
