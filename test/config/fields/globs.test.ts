import { expect } from "chai";
import { parseGlob } from "../../../config/fields/globs";
import { outcome } from "../support";

describe("parseGlob", () => {
  const malformed = "error: is not a well-formed glob";
  const large = "error: is too long, or nested too deep";
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
    ["[!z-a]", [malformed]],
    ["(((", [malformed]],
    ["*(a|b", [malformed]],
    ["[a-", [malformed]],
    ["{a,b", [malformed]],
    ["a\\", [malformed]],
    ["day-{01..31}.csv", ["error: has a range in braces, which stands for none here"]],
    ["*-*-*\\bx", ["error: contains regular-expression syntax"]],
    ["(a)\\1", ["error: contains regular-expression syntax"]],
    ["x".repeat(70_000), [large]],
    ["x".repeat(8192), []],
    ["x".repeat(8193), [large]],
    [`${"+(".repeat(20)}a${")".repeat(20)}*(b|c)`, []],
    [`${"+(".repeat(21)}a${")".repeat(21)}`, [large]],
    ["tmp/", ["error: ends with a slash, and matches no file"]],
    ["a//b", [part]],
    ["../a", [part]],
    ["./a", [part]],
  ];
  const list = "warning: looks like a list; a comma or semicolon is part of the name";
  const brackets = "warning: has round brackets, which group here and stand for nothing in a name";
  const regular = "warning: looks like a regular expression";
  for (const [text, finding] of [
    ["%year%/*.csv", "warning: has a tag, which stands for a date in Folder only"],
    ["*.csv,*.txt", list],
    ["*.csv; *.txt", list],
    ["a.csv,b.csv", list],
    ["a,b", list],
    ["in/**;out/**", list],
    ["* (1).csv", brackets],
    ["report (final)/**", brackets],
    ["^report.*", regular],
    [".*\\.csv$", regular],
    [".*\\.csv", regular],
    ["report_\\d+\\.csv", regular],
    ["*.{csv}", "warning: has braces around one text, which stand for themselves"],
    ["{csv, txt}/*", "warning: has blanks beside a comma in braces, which are part of the name"],
  ] as const) {
    it(`warns of ${text}`, () => {
      expect(outcome(parseGlob(text))).to.deep.equal({ value: text, findings: [finding] });
    });
  }

  for (const text of [
    "{a,b}.csv",
    "@(a|b).csv",
    "(a|b).csv",
    "a \\(1\\).csv",
    "*.tar.gz",
    "a$b.csv",
    "x, y and z/**",
    "!(draft)*",
  ]) {
    it(`has nothing to say of ${text}`, () => {
      expect(outcome(parseGlob(text))).to.deep.equal({ value: text, findings: [] });
    });
  }

  for (const [text, findings] of cases) {
    it(`${findings.length === 0 ? "takes" : "refuses"} ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(outcome(parseGlob(text))).to.deep.equal({ value: findings.length === 0 ? text : undefined, findings });
    });
  }
});
