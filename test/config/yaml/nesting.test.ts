import { expect } from "chai";
import { tooDeepAt } from "../../../config/yaml/nesting";
import { readYaml } from "../../../config/yaml/yaml-source";

const LARGEST = 250_000;

describe("a text", () => {
  const brackets = (count: number) => `a: ${"[".repeat(count)}1${"]".repeat(count)}\n`;
  const steps = (levels: number) =>
    Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}a:`)
      .join("\n")
      .concat(" 1\n");

  for (const [what, text] of Object.entries({
    "64 brackets": brackets(64),
    "256 levels of maps": steps(257),
    "as many brackets as it likes, one after the other": "a: [[]]\n".repeat(1000),
    "brackets in texts": `a: "${"[".repeat(1000)}"\nb: x${"[".repeat(1000)}\nc: |\n  ${"[".repeat(1000)}\n`,
    "a long line": `a: ${"x".repeat(5000)}\n${"k".repeat(300)}: [1]\n`,
    "a line of blanks": `a:\n${" ".repeat(1000)}\n  b: 1\n`,
  })) {
    it(`may have ${what}`, () => {
      expect(tooDeepAt(text)).to.equal(undefined);
    });
  }

  for (const [what, text, line] of [
    ["65 brackets", brackets(65), 1],
    ["brackets that nothing closes, as many as fit", "[".repeat(LARGEST), 1],
    ["braces", `x-a: 1\n${"{a: ".repeat(LARGEST / 4)}`, 2],
    ["lists in one line", "- ".repeat(LARGEST / 2), 1],
    ["keys of keys", `\n${"? ".repeat(LARGEST / 2)}`, 2],
    ["levels of maps", steps(600), 258],
  ] as const) {
    it(`is refused by line with ${what}`, () => {
      const { problems, data } = readYaml(text);
      expect(problems.map((one) => [one.severity, one.message, one.line])).to.deep.equal([
        ["error", "YAML: lists and maps lie too deep in one another here", line],
      ]);
      expect(data).to.equal(undefined);
    });
  }

  it("may repeat a key as often as it likes, which is told of the first ones", () => {
    const { problems } = readYaml("?\n".repeat(LARGEST / 2));
    expect(problems).not.to.have.lengthOf(0);
  });
});
