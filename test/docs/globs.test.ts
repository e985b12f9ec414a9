import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parseGlob } from "../../config/fields/globs";
import { pathFilter } from "../../engine/listing/path-filter";

const PAGE = readFileSync(join(__dirname, "..", "..", "docs", "globs.md"), "utf8");
const codes = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

const [, tree = ""] = /A tree with ([\s\S]*?) shows it/.exec(PAGE) ?? [];
const FILES = codes(tree);

const ROWS = PAGE.slice(PAGE.indexOf("<!-- globs -->"))
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split(" | ").slice(0, 2))
  .map(([glob = "", here = ""]) => ({ glob: codes(glob)[0] ?? "", here }));

describe("docs/globs.md", () => {
  it("has a tree and a table", () => {
    expect(FILES).to.have.lengthOf(8);
    expect(ROWS).to.have.lengthOf.at.least(11);
  });

  for (const { glob, here } of ROWS) {
    it(`says what ${glob} takes here`, () => {
      if (here.trim() === "refused") {
        expect(parseGlob(glob).value).to.equal(undefined);
        return;
      }
      expect(parseGlob(glob).value).to.equal(glob);
      const { file } = pathFilter([glob], []);
      expect(FILES.filter(file)).to.have.members(codes(here));
    });
  }
});
