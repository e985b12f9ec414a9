import { expect } from "chai";
import type { FileResult } from "../../../engine/ports/services";
import { matchResults, resultsOfMissing } from "../../../engine/transfers/match-results";

const result = (path: string, status: FileResult["status"] = "COMPLETED"): FileResult => ({
  path,
  status,
  failureCode: undefined,
  failureMessage: undefined,
});

/** What is found of files in `/in`: their statuses by name, and the paths that stayed strange. */
function match(names: readonly string[], results: readonly FileResult[], folder = "/in") {
  const files = names.map((name) => ({ name }));
  const { byFile, byName, strange } = matchResults({ folder, attempt: 0, doubts: 0, files }, results);
  return {
    statuses: Object.fromEntries(files.map((file) => [file.name, byFile.get(file)?.status])),
    byName: byName.map(({ path }) => path),
    strange: strange.map(({ path }) => path),
  };
}

describe("matchResults", () => {
  const ways: readonly (readonly [what: string, a: string, b: string, byName: boolean])[] = [
    ["as they were asked for", "/in/a b", "/in/%41", false],
    ["without the slash in front", "in/a b", "in/%41", false],
    ["with the bucket before them", "/lake/in/a b", "/lake/in/%41", true],
    ["as bare names", "a b", "%41", true],
    ["as encoded paths", "/in/a%20b", "/in/%2541", true],
    ["as encoded names", "a%20b", "%2541", true],
  ];
  for (const [what, a, b, byName] of ways) {
    it(`finds the files of results ${what}`, () => {
      expect(match(["a b", "%41"], [result(b, "FAILED"), result(a)])).to.deep.equal({
        statuses: { "a b": "COMPLETED", "%41": "FAILED" },
        byName: byName ? [b, a] : [],
        strange: [],
      });
    });
  }

  it("takes a path for a path where names look encoded", () => {
    const { statuses } = match(["a%20b", "a b"], [result("a%2520b", "FAILED"), result("a%20b")]);
    expect(statuses).to.deep.equal({ "a%20b": "FAILED", "a b": "COMPLETED" });
  });

  it("finds each file of an answer that writes paths in several ways", () => {
    const { statuses, strange } = match(["a", "b", "c"], [result("c"), result("in/b", "FAILED"), result("/in/a")]);
    expect(statuses).to.deep.equal({ a: "COMPLETED", b: "FAILED", c: "COMPLETED" });
    expect(strange).to.deep.equal([]);
  });

  it("finds files at the top of the server", () => {
    expect(match(["a"], [result("a")], "/")).to.deep.equal({
      statuses: { a: "COMPLETED" },
      byName: [],
      strange: [],
    });
  });

  it("takes of several results for one file the one that says most, in whichever order they come", () => {
    const told = [result("/in/a", "QUEUED"), result("/in/a"), result("/in/a", "FAILED"), result("/in/a", "UNKNOWN")];
    expect(match(["a"], told).statuses).to.deep.equal({ a: "COMPLETED" });
    expect(match(["a"], [...told].reverse()).statuses).to.deep.equal({ a: "COMPLETED" });
    expect(match(["a"], told.slice(2).reverse()).statuses).to.deep.equal({ a: "FAILED" });
  });

  it("leaves a file open that the answer does not have", () => {
    expect(match(["a", "b"], [result("/in/b")]).statuses).to.deep.equal({ a: undefined, b: "COMPLETED" });
  });

  it("gives no strange result to a file that it does not name", () => {
    expect(match(["a", "b"], [result("/in/a", "QUEUED"), result("/x")])).to.deep.equal({
      statuses: { a: "QUEUED", b: undefined },
      byName: [],
      strange: ["/x"],
    });
  });

  it("bears a path that is not what its percent signs promise", () => {
    expect(match(["100%"], [result("%E0%A4%A")], "/in")).to.deep.include({ strange: ["%E0%A4%A"] });
    expect(match(["100%"], [result("100%")]).statuses).to.deep.equal({ "100%": "COMPLETED" });
  });
});

describe("resultsOfMissing", () => {
  const table: readonly (readonly [what: string, strange: FileResult["status"][], arrived: number, told: string[]])[] =
    [
      ["failed where as many failed as are missing", ["COMPLETED", "FAILED"], 1, ["FAILED"]],
      ["failed where all failed", ["FAILED", "FAILED"], 0, ["FAILED", "FAILED"]],
      ["completed, and gone, where all completed", ["COMPLETED", "COMPLETED"], 1, ["COMPLETED"]],
    ];
  for (const [what, strange, arrived, told] of table) {
    it(`calls missing files ${what}`, () => {
      const results = strange.map((status) => result("/x", status));
      expect(resultsOfMissing(results, arrived, told.length)?.map(({ status }) => status)).to.deep.equal(told);
    });
  }

  const untold: readonly (readonly [
    what: string,
    strange: FileResult["status"][],
    arrived: number,
    missing: number,
  ])[] = [
    ["one of them is still under way", ["FAILED", "QUEUED"], 0, 1],
    ["more are missing than failed", ["FAILED"], 0, 2],
    ["nobody knows which failed", ["COMPLETED", "FAILED"], 0, 2],
    ["there are none", [], 0, 1],
  ];
  for (const [what, strange, arrived, missing] of untold) {
    it(`leaves it open where ${what}`, () => {
      const results = strange.map((status) => result("/x", status));
      expect(resultsOfMissing(results, arrived, missing)).to.equal(undefined);
    });
  }
});
