import { expect } from "chai";
import { hasDateTags, parseFolder, parseGlob } from "../../config/remote-folders";
import { outcome } from "./support";

describe("parseFolder", () => {
  const stripped = "warning: superfluous slashes were removed";
  const cases: readonly (readonly [string, string | undefined, readonly string[]])[] = [
    ["/", "/", []],
    ["/a/b", "/a/b", []],
    ["/a b/ü/.hidden", "/a b/ü/.hidden", []],
    ["/data/%year%/%month%-%day%", "/data/%year%/%month%-%day%", []],
    ["/100%", "/100%", []],
    ["/50% off/20%", "/50% off/20%", []],
    ["/a/", "/a", [stripped]],
    ["//a//b", "/a/b", [stripped]],
    ["//", "/", [stripped]],
    ["a/b", undefined, ["error: is not absolute"]],
    ["", undefined, ["error: is not absolute"]],
    ["/a/../b", undefined, ["error: has a part . or .."]],
    ["/a/./b", undefined, ["error: has a part . or .."]],
    ["/a..b", "/a..b", []],
    ["/a\nb", undefined, ["error: has a control character"]],
    ["/%years%", undefined, ["error: has the unknown tag %years%; did you mean %year%?"]],
    ["/%YEAR%", undefined, ["error: has the unknown tag %YEAR%; did you mean %year%?"]],
    ["a/%hour%", undefined, ["error: is not absolute", "error: has the unknown tag %hour%"]],
  ];
  for (const [text, value, findings] of cases) {
    it(`makes ${JSON.stringify(value)} of ${JSON.stringify(text)}`, () => {
      expect(outcome(parseFolder(text))).to.deep.equal({ value, findings });
    });
  }
});

describe("hasDateTags", () => {
  it("knows the three tags", () => {
    expect(["/a/%year%", "/a/%month%", "/a/%day%", "/a", "/%"].map(hasDateTags)).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("parseGlob", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["**/*.csv", []],
    ["!(draft)*.csv", []],
    [".*", []],
    ["", ["error: is empty"]],
    [" ", ["error: is empty"]],
    ["/a", ["error: begins with a slash"]],
    ["!a", ["error: begins with !"]],
  ];
  for (const [text, findings] of cases) {
    it(`${findings.length === 0 ? "takes" : "refuses"} ${JSON.stringify(text)}`, () => {
      expect(outcome(parseGlob(text))).to.deep.equal({ value: findings.length === 0 ? text : undefined, findings });
    });
  }
});
