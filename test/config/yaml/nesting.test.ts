import { expect } from "chai";
import { tooDeepAt } from "../../../config/yaml/nesting";
import { readYaml } from "../../../config/yaml/yaml-source";

const LARGEST = 250_000;

const steps = (levels: number) =>
  Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}a:`)
    .join("\n")
    .concat(" 1\n");

describe("a text", () => {
  const brackets = (count: number) => `a: ${"[".repeat(count)}1${"]".repeat(count)}\n`;

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

describe("aliases of aliases", () => {
  const LEVELS = 6000;
  const chained = (levels: number, link: (alias: string) => string) =>
    `[&a0 {}, ${Array.from({ length: levels }, (_, i) => `&a${i + 1} ${link(`*a${i}`)}`).join(", ")}]`;
  const lists = chained(LEVELS, (alias) => `[${alias}]`);
  const merges = chained(LEVELS, (alias) => `{<<: ${alias}}`);
  const used = `x-z: *a${LEVELS}\n`;
  const TOO_MANY = "YAML: the aliases (*) make more than 512 levels of lists and maps";
  const TWICE = "the key x-m is given twice";

  for (const [what, text, messages] of [
    [
      "in a map that a merge key brings, under a key that the other map has",
      `x-m: {<<: {k: ${lists}}, k: 1}\n`,
      [TOO_MANY],
    ],
    ["under a key that is there again", `x-m: ${lists}\nx-m: 1\n`, [TWICE, TOO_MANY]],
    ["that nothing hides", `x-m: ${lists}\n`, [TOO_MANY]],
    ["by merge keys, where another key hides them", `x-m: {<<: {k: ${merges}}, k: 1}\n`, []],
    ["by merge keys, under a key that is there again", `x-m: ${merges}\nx-m: 1\n`, [TWICE]],
    ["by merge keys, of which the last is the file's own", `x-m: ${merges}\n<<: *a${LEVELS}\n`, []],
    ["by merge keys, of which the last but one is the file's own", `<<: {k: ${merges}, <<: *a${LEVELS}}\n`, []],
    ["by merge keys in one map, as its last", `x-m: {k: ${merges}, l: {<<: *a10}, <<: [*a20, *a${LEVELS}]}\n`, []],
    ["in a key", `? ${lists}\n: 1\n`, ["YAML: a list or map is a key here"]],
  ] as const) {
    it(`end in a problem, or in data, but not the program: ${what}`, () => {
      expect(readYaml(text + used).problems.map(({ message }) => message)).to.deep.equal(messages);
    });
  }

  it("are read as deep as anybody means", () => {
    const { data, problems } = readYaml(`x-m: ${chained(400, (alias) => `[${alias}]`)}\nx-z: *a400\n`);
    expect(problems).to.deep.equal([]);
    expect(JSON.stringify(data?.["x-z"])).to.equal(`${"[".repeat(400)}{}${"]".repeat(400)}`);
  });

  it("leave a text its own depth", () => {
    const { data, problems } = readYaml(
      `${steps(257)
        .trimEnd()
        .replace(/ 1$/, ` ${"[".repeat(64)}${"]".repeat(64)}`)}\n`,
    );
    expect(problems.filter(({ severity }) => severity === "error")).to.deep.equal([]);
    expect(data).to.have.property("a");
  });
});
