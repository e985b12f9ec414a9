import { expect } from "chai";
import { oneLine, printable, printableJson, shortened } from "../../contract/printable";

describe("text of others", () => {
  const names: [string, string][] = [
    ["/in/plain é 日 \u{1f600}.csv", "/in/plain é 日 \u{1f600}.csv"],
    ["a\nReport: s3://forged", "a\\u000aReport: s3://forged"],
    ["a\r\u0085\u2028\u2029b", "a\\u000d\\u0085\\u2028\\u2029b"],
    ["\u001b[2J\u009b2J\u007f", "\\u001b[2J\\u009b2J\\u007f"],
    ["half \ud800 a letter", "half \\ud800 a letter"],
    ["gpj.\u202efdp\u2066\u200f", "gpj.\\u202efdp\\u2066\\u200f"],
    ["a\u200bb\u00adc\u2060d\ufeff\u115f\u3164", "a\\u200bb\\u00adc\\u2060d\\ufeff\\u115f\\u3164"],
    ["a\u200db\ufe0f\u{e0061}", "a\\u200db\\ufe0f\\udb40\\udc61"],
    ["\u0645\u06cc\u200c\u062e \u2764\ufe0f\u200d\u{1f525}", "\u0645\u06cc\u200c\u062e \u2764\ufe0f\u200d\u{1f525}"],
  ];
  for (const [name, shown] of names) {
    it(`is shown as ${shown} in a name`, () => {
      expect(printable(name)).to.equal(shown);
    });
  }

  const words: [string, string][] = [
    ["  Disk\r\n\tquota\u0000exceeded\n", "Disk quota exceeded"],
    ["a\u0085b\u2028c\u2029d", "a b c d"],
    ["in\u200bvis\u202eible\ufeff\u3164\u034f", "invisible"],
    ["half\ud800a letter", "half a letter"],
    ["", ""],
    ["x".repeat(41), `${"x".repeat(40)}...`],
    ["x".repeat(40), "x".repeat(40)],
    [`${"x".repeat(39)}😀`, `${"x".repeat(39)}...`],
  ];
  for (const [text, line] of words) {
    it(`is one line: ${JSON.stringify(line)}`, () => {
      expect(oneLine(text, 40)).to.equal(line);
    });
  }

  it("is cut between characters", () => {
    expect(shortened("\u{1f600}\u{1f600}", 3)).to.equal("\u{1f600}...");
    expect(shortened("\u{1f600}\u{1f600}", 4)).to.equal("\u{1f600}\u{1f600}");
  });

  it("is the same in JSON, and no more than text on a terminal", () => {
    const value = { names: ["\u009b2J\u202efdp\u2028\u0000\\u0041\u200b\u{e0061}", "plain é"] };
    expect(JSON.parse(printableJson(value))).to.deep.equal(value);
    expect(printableJson(value)).to.match(/^[\n -~é]*$/);
  });

  it("is in JSON no command to CI, and the same value", () => {
    const value = { "##[error]a": ["##vso[task.setvariable variable=a]b", "\\##[c", "::error::d", "### # e"] };
    expect(JSON.parse(printableJson(value))).to.deep.equal(value);
    expect(printableJson(value)).not.to.match(/##(\[|vso)/);
  });
});
