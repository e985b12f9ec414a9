import { expect } from "chai";
import { parseGlob } from "../../../config/fields/globs";
import { outcome } from "../support";

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
