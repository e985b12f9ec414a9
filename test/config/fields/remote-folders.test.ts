import { expect } from "chai";
import { parseFolder } from "../../../config/fields/remote-folders";
import { outcome, shown } from "../support";

describe("parseFolder", () => {
  const unprintable = "error: has a control character or a line break";
  const tooLong = "error: leaves no room for a file's name";
  const long = (characters: number) => `/${"x".repeat(characters - 1)}`;
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
    ["/a\nb", undefined, [unprintable]],
    ["/a\u2028b", undefined, [unprintable]],
    ["/a\u2029b", undefined, [unprintable]],
    ["/a\ud800b", undefined, [unprintable]],
    ["/a\u{1f600}b", "/a\u{1f600}b", []],
    ["/a\ufffdb", undefined, ["error: has the character U+FFFD, which stands for one that was lost"]],
    [long(1022), long(1022), []],
    [long(1023), undefined, [tooLong]],
    [`${long(1014)}/%year%/%month%`, `${long(1014)}/%year%/%month%`, []],
    [`${long(1015)}/%year%/%month%`, undefined, [tooLong]],
    [`/${"é".repeat(511)}`, `/${"é".repeat(511)}`, []],
    [`/${"é".repeat(512)}`, undefined, [tooLong]],
    ["/50%off%", "/50%off%", [literal]],
    ["/a/%Y/%m/%d", "/a/%Y/%m/%d", [literal]],
    ["/a/%year", "/a/%year", [literal]],
    ["/a/% year %", "/a/% year %", [literal]],
    ["/%year%/%hour%/", "/%year%/%hour%", [stripped, literal]],
    [
      "/in/{{ env }}/",
      "/in/{{ env }}",
      [stripped, "warning: looks like a template, and stays as it is: nothing is replaced here"],
    ],
    ["/%year%%month%%day%", "/%year%%month%%day%", []],
    ["/%years%", undefined, ["error: has the unknown tag %years%; did you mean %year%?"]],
    ["/%YEAR%", undefined, ["error: has the unknown tag %YEAR%; did you mean %year%?"]],
    ["a/%yeer%", undefined, ["error: is not absolute", "error: has the unknown tag %yeer%; did you mean %year%?"]],
  ];
  for (const [text, value, findings] of cases) {
    it(`makes ${shown(value)} of ${shown(text)}`, () => {
      expect(outcome(parseFolder(text))).to.deep.equal({ value, findings });
    });
  }
});
