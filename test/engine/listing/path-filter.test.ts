import { expect } from "chai";
import { pathFilter } from "../../../engine/listing/path-filter";

describe("pathFilter", () => {
  const table: [readonly string[], readonly string[], string, boolean][] = [
    [[], [], "a", true],
    [[], [], ".hidden", true],
    [["*.csv"], [], "a.csv", true],
    [["*.csv"], [], ".a.csv", true],
    [["*.csv"], [], "sub/a.csv", false],
    [["**/*.csv"], [], "sub/a.csv", true],
    [["**/*.csv"], [], "a.csv", true],
    [["**/*.csv"], [], ".git/a.csv", true],
    [["*.csv", "*.txt"], [], "a.txt", true],
    [["*.csv"], [], "a.CSV", false],
    [["*.csv"], ["a.*"], "a.csv", false],
    [["a.csv"], ["a.csv"], "a.csv", false],
    [[], ["**/.*"], "x/.hidden", false],
    [[], ["tmp/**"], "tmp/a/b", false],
    [[], ["tmp/**"], "tmpfile", true],
    [[], ["tmp"], "tmp/a", true],
    [["in/{a,b}/**"], [], "in/b/c", true],
    [["[ab]*"], [], "b1", true],
    [["a b/*"], [], "a b/c d", true],
    [["[!a]*.csv"], [], "b.csv", true],
    [["[!a]*.csv"], [], "a.csv", false],
    [["[^a]*.csv"], [], "a.csv", false],
    [["x/[!0-9]/*"], [], "x/a/f", true],
    [["x/[!0-9]/*"], [], "x/7/f", false],
    [["\\[!a]*"], [], "[!a]b", true],
    [[], ["[!a]*/**"], "b/x", false],
    [[], ["[!a]*/**"], "a/x", true],
    [[], ["tmp/**"], "tmp", true],
    [["tmp/**"], [], "tmp", false],
    [["tmp/**"], [], "tmp/a/b", true],
    [["tmp/**"], [], "tmp/a", true],
    [["**/tmp/**"], [], "a/tmp", false],
    [["**"], [], "tmp", true],
  ];
  for (const [include, exclude, path, expected] of table) {
    it(`${path} is ${expected ? "" : "not "}wanted with Include [${include}] and Exclude [${exclude}]`, () => {
      expect(pathFilter(include, exclude).file(path)).to.equal(expected);
    });
  }

  const pruned: [readonly string[], string, boolean][] = [
    [["tmp/**"], "tmp", true],
    [["tmp/**"], "tmp/a", false],
    [["tmp/**"], "tmpx", false],
    [["**/tmp/**"], "a/b/tmp", true],
    [["**/tmp/**"], "tmp", true],
    [["tmp/*"], "tmp", false],
    [["tmp"], "tmp", false],
    [["**/*.csv"], "a", false],
    [["*/**"], "a", true],
    [[".git/**"], ".git", true],
  ];
  for (const [exclude, folder, expected] of pruned) {
    it(`Exclude [${exclude}] ${expected ? "spares" : "does not spare"} the listing of ${folder}`, () => {
      expect(pathFilter([], exclude).folder(folder)).to.equal(!expected);
    });
  }

  it("never prunes a folder below which a file is wanted", () => {
    const names = ["a", "b", "tmp", ".git", "keep", "a.b", "[x]", "!a"];
    const folders = names.flatMap((one) => [one, ...names.map((two) => `${one}/${two}`)]);
    const globs = [
      "a/**",
      "*/**",
      "**/tmp/**",
      "**/**",
      "a*/**",
      "{a,b}/**",
      "{a,b/tmp}/**",
      "!(keep)/**",
      "*/!(keep)/**",
      "[ab]/**",
      "?/**",
      ".*/**",
      "**/.*/**",
      "+(a|b)/**",
      "@(a|b)/**",
      "a/*/**",
      "**/a/**/tmp/**",
      "a/**/**",
      "\\[x\\]/**",
      "(a|b)/**",
      "a/b/**",
      "*.b/**",
    ];
    const wrong = globs.flatMap((glob) => {
      const filter = pathFilter([], [glob]);
      return folders
        .filter((folder) => !filter.folder(folder))
        .flatMap((folder) => names.flatMap((name) => [`${folder}/${name}`, `${folder}/keep/${name}`]))
        .filter((file) => filter.file(file))
        .map((file) => `${glob} prunes ${file}`);
    });
    expect(wrong).to.deep.equal([]);
  });
});
