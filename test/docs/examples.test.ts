import { expect } from "chai";
import { readDefinition } from "../../config/definition/definition-file";
import { formatProblem, type Problem } from "../../config/problems/problem";
import { parseSettings } from "../../config/settings/settings";
import { readFaults } from "../../local/faults/read-faults";
import { type Fence, fencesOf, PAGES, placeOf } from "../support/fences";

/** By mark, what is wrong with an example. */
const READERS: Readonly<Record<string, (example: Fence) => readonly Problem[]>> = {
  definition: (example) => readDefinition(example.page, example.text).problems,
  faults: (example) => readFaults(example.page, example.text).problems,
  // A part of `context`.
  settings: ({ text }) => parseSettings({ region: "eu-central-1", ...JSON.parse(`{${text}}`) }).problems,
};

describe("examples of the documents", () => {
  const examples = PAGES.flatMap(fencesOf).filter(
    ({ language, mark }) => ["json", "yaml"].includes(language) && mark !== "shown",
  );

  it("are there", () => {
    expect(new Set(examples.map(({ mark }) => mark))).to.include.all.keys("faults", "settings");
  });

  for (const example of examples) {
    it(`can be used as they stand in ${placeOf(example)}`, () => {
      expect(READERS[example.mark]?.(example).map(formatProblem)).to.deep.equal([]);
    });
  }
});
