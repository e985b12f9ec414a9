import { expect } from "chai";
import fc from "fast-check";
import { canHold } from "../../../engine/listing/include-prefix";
import { pathFilter } from "../../../engine/listing/path-filter";

const LETTERS = [..."abB1. -_+@!$^,()[]{}\\é"];

const NAMES = ["a", "b", "ab", ".a", "a.b", "a.", "*", "[a]", "{a,b}", "!a", "a+", "1", ...LETTERS.slice(5)];

const name = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
    fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 3 }),
  )
  .filter((text) => text !== "." && text !== "..");

const piece = fc.oneof(
  { weight: 4, arbitrary: name },
  fc.constantFrom("*", "?", "**", ".*", "*.*", "*.b", "a*", "***", ".", "..", ""),
  fc.constantFrom("[ab]", "[!a]", "[^a]", "[a-b]", "[.-1]", "[[:alpha:]]", "[]a]", "[b-a]", "[/]", "[a"),
  fc.constantFrom("{a,b}", "{a,b/a}", "{a}", "{,a}", "{a..b}", "{a,{b,1}}", "{a,*}", "{a", "a}"),
  fc.constantFrom("!(a)", "!(a/b)", "@(a|b)", "+(a|b)", "*(a)", "?(a)", "(a|b)", "!(", "@(a/b)"),
  fc.constantFrom("\\*", "\\a", "\\d", "\\D", "\\S", "\\[a\\]", "\\", "\\\\", "\\.", '"a"'),
);

const level = fc.array(piece, { minLength: 1, maxLength: 2 }).map((pieces) => pieces.join(""));
const glob = fc
  .array(level, { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join("/"))
  .filter((text) => text !== "");

/** Ways to write a level so that it may match this name, and perhaps others. */
const WRITINGS: readonly ((name: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll(/[^A-Za-z0-9]/gu, "\\$&"),
  () => "*",
  () => "**",
  (text) => `${text.slice(0, 1)}*`,
  (text) => `*${text.slice(1)}`,
  (text) => `?${text.slice(1)}`,
  (text) => `[${text.slice(0, 1)}]${text.slice(1)}`,
  (text) => `[!z]${text.slice(1)}`,
  (text) => `{${text},z}`,
  (text) => `@(${text}|z)`,
  (text) => `!(z${text})`,
  (text) => `"${text}"`,
];

describe("what Include can match below a folder", () => {
  const table: [string, string, boolean][] = [
    ["wanted/**", "wanted", true],
    ["wanted/**", "wanted/deep/er", true],
    ["wanted/**", "other", false],
    ["wanted/**", "Wanted", false],
    ["wanted/**", "wanted2", false],
    ["wanted/**", "other/wanted", false],
    ["*.csv", "a", false],
    ["*.csv", "a.csv", false],
    ["in/*.csv", "in", true],
    ["in/*.csv", "in/a", false],
    ["in/*.csv", "out", false],
    ["in/*/*.csv", "in/a", true],
    ["in/*/*.csv", "in/.a", true],
    ["in/*/*.csv", "in/a/b", false],
    ["20??/**", "2026", true],
    ["20??/**", "1999", false],
    ["[ab]*/x", "bc", true],
    ["[ab]*/x", "c", false],
    ["{in,out}/**", "in", true],
    ["{in,out}/**", "tmp", false],
    ["a.b/**", "a.b", true],
    ["a.b/**", "axb", false],
    [".hidden/**", ".hidden", true],
    [".hidden/**", "hidden", false],
    ["\\[x\\]/**", "[x]", true],
    ["\\[x\\]/**", "x", false],
    ["Ein- & Ausgang/**", "Ein- & Ausgang", true],
    ["Ein- & Ausgang/**", "Ausgang", false],
    ["données/**", "données", true],
    ["données/**", "donnees", false],
    // Where a glob may mean more than one level, everything below may be meant.
    ["**/*.csv", "a", true],
    ["in/**/*.csv", "in/a/b/c", true],
    ["in/**/*.csv", "out", false],
    ["{a,b/c}/x", "z", true],
    ["!(a)/x", "a", true],
    ["a\\db/x", "z", true],
    ["[+-9]/x", "z", true],
    ["./a/x", "a", true],
    ["!a", "b", true],
  ];
  for (const [include, folder, expected] of table) {
    it(`${include} ${expected ? "may match" : "matches nothing"} below ${folder}`, () => {
      expect(canHold([include])(folder.split("/"))).to.equal(expected);
    });
  }

  it("is enough for one of several globs", () => {
    const can = canHold(["a/**", "b/*"]);
    expect([["a"], ["b"], ["c"], ["a", "x"], ["b", "x"]].map(can)).to.deep.equal([true, true, false, true, false]);
  });

  it("never spares a folder below which a file is wanted, whatever the glob", () => {
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 6 });
    const property = fc.property(fc.array(glob, { minLength: 1, maxLength: 2 }), names, (include, tree) => {
      const filter = pathFilter(include, []);
      const folders = [...tree, ...tree.flatMap((one) => tree.map((two) => `${one}/${two}`))];
      const wrong = folders
        .filter((folder) => !filter.folder(folder))
        .flatMap((folder) => [...tree, ...folders].map((below) => `${folder}/${below}`))
        .filter((file) => filter.file(file));
      expect(wrong).to.deep.equal([]);
    });
    fc.assert(property, { numRuns: 500, seed: 20261130 });
  });

  it("never spares a folder above a file that the glob was made for", () => {
    const wrong = NAMES.flatMap((folder) =>
      ["a", ".a"].flatMap((file) =>
        WRITINGS.flatMap((writeFolder) => WRITINGS.map((writeFile) => `${writeFolder(folder)}/${writeFile(file)}`))
          .map((glob) => ({ glob, filter: pathFilter([glob], []) }))
          .filter(({ filter }) => filter.file(`${folder}/${file}`) && !filter.folder(folder))
          .map(({ glob }) => `${glob} spares ${folder}/${file}`),
      ),
    );
    expect(wrong).to.deep.equal([]);
  });
});
