import { expect } from "chai";
import { hasDateTags, parseFolder, parseGlob } from "../../config/remote-folders";
import { outcome } from "./support";

describe("parseFolder", () => {
  const stripped = "warning: superfluous slashes were removed";
  const literal = "warning: has a % that belongs to no tag, and stays as it is";
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
    ["/a\nb", undefined, ["error: has a line break or a control character"]],
    ["/a\u2028b", undefined, ["error: has a line break or a control character"]],
    ["/a\ufffdb", undefined, ["error: has a line break or a control character"]],
    ["/50%off%", "/50%off%", [literal]],
    ["/a/%Y/%m/%d", "/a/%Y/%m/%d", [literal]],
    ["/a/%year", "/a/%year", [literal]],
    ["/a/% year %", "/a/% year %", [literal]],
    ["/%year%/%hour%/", "/%year%/%hour%", [stripped, literal]],
    ["/%year%%month%%day%", "/%year%%month%%day%", []],
    ["/%years%", undefined, ["error: has the unknown tag %years%; did you mean %year%?"]],
    ["/%YEAR%", undefined, ["error: has the unknown tag %YEAR%; did you mean %year%?"]],
    ["a/%yeer%", undefined, ["error: is not absolute", "error: has the unknown tag %yeer%; did you mean %year%?"]],
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
  const malformed = "error: is not a well-formed glob";
  const part = "error: has an empty part, . or .., and matches no file";
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["**/*.csv", []],
    ["!(draft)*.csv", []],
    [".*", []],
    ["", ["error: is empty"]],
    [" ", ["error: is empty"]],
    ["/a", ["error: begins with a slash"]],
    ["!a", ["error: begins with !"]],
    ["{a,b}*", []],
    ["[a-z]/?.csv", []],
    ["a\\[1\\].csv", []],
    ["+(a|b)/**", []],
    ["[z-a]", [malformed]],
    ["(((", [malformed]],
    ["*(a|b", [malformed]],
    ["[a-", [malformed]],
    ["{a,b", [malformed]],
    ["a\\", [malformed]],
    ["x".repeat(70_000), [malformed]],
    ["tmp/", ["error: ends with a slash, and matches no file"]],
    ["a//b", [part]],
    ["../a", [part]],
    ["./a", [part]],
  ];
  for (const [text, findings] of cases) {
    it(`${findings.length === 0 ? "takes" : "refuses"} ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(outcome(parseGlob(text))).to.deep.equal({ value: findings.length === 0 ? text : undefined, findings });
    });
  }
});
