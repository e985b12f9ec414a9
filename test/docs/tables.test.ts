import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";

const ROOT = resolve(__dirname, "..", "..");

const DELIMITERS = /^\|(?: *:?-{3,}:? *\|)+$/;

const DOCUMENTS = [".", "docs"].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);

/** Rows of dashes that do not end a table's head: what stood there has gone. */
function lostRows(markdown: string): number[] {
  const lines = markdown.split("\n");
  return lines.flatMap((line, index) =>
    DELIMITERS.test(line) && lines[index - 2]?.startsWith("|") ? [index + 1] : [],
  );
}

describe("tables in the documents", () => {
  for (const document of DOCUMENTS) {
    it(`have no row of dashes in the place of another: ${document}`, () => {
      expect(lostRows(readFileSync(join(ROOT, document), "utf8"))).to.deep.equal([]);
    });
  }

  it("would be found to have one", () => {
    expect(lostRows("| a |\n| --- |\n| b |\n| --- |\n")).to.deep.equal([4]);
  });
});
