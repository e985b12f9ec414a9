import { expect } from "chai";
import { PAGES, pageText } from "../support/fences";

const DELIMITERS = /^\|(?: *:?-{3,}:? *\|)+$/;

/** Rows of dashes that do not end a table's head: what stood there has gone. */
function lostRows(markdown: string): number[] {
  const lines = markdown.split("\n");
  return lines.flatMap((line, index) =>
    DELIMITERS.test(line) && lines[index - 2]?.startsWith("|") ? [index + 1] : [],
  );
}

describe("tables in the documents", () => {
  for (const page of PAGES) {
    it(`have no row of dashes in the place of another: ${page}`, () => {
      expect(lostRows(pageText(page))).to.deep.equal([]);
    });
  }

  it("would be found to have one", () => {
    expect(lostRows("| a |\n| --- |\n| b |\n| --- |\n")).to.deep.equal([4]);
  });
});
