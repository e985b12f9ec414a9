import { expect } from "chai";
import { fencesOf, PAGES, pageText, placeOf } from "../support/fences";

/** By language, the marks that a block may have, and whether each needs a reason; see "Documents" in docs/architecture.md. */
const MARKS: Readonly<Record<string, Readonly<Record<string, "reason" | "no reason">>>> = {
  sh: { run: "no reason", aws: "no reason", shown: "reason" },
  yaml: { definition: "no reason", faults: "no reason", shown: "reason" },
  json: { settings: "no reason", shown: "reason" },
  console: { local: "no reason", aws: "no reason", deploy: "no reason", remove: "no reason" },
  text: { "": "no reason" },
};

describe("blocks of the documents", () => {
  const fences = PAGES.flatMap(fencesOf);

  it("are all seen", () => {
    const lines = PAGES.flatMap((page) => pageText(page).match(/^ *```/gm) ?? []);
    expect(fences).to.have.lengthOf.above(30);
    expect(lines).to.have.lengthOf(2 * fences.length);
  });

  it("say what they are and whether tests run them", () => {
    const unmarked = fences.filter(({ language, mark }) => MARKS[language]?.[mark] === undefined);
    expect(unmarked.map(placeOf)).to.deep.equal([]);
  });

  it("say why, where tests do not run them", () => {
    const wrong = fences.filter(({ language, mark, reason }) => {
      const wanted = MARKS[language]?.[mark] === "reason";
      return wanted ? reason.split(" ").length < 3 : reason !== "";
    });
    expect(wrong.map(placeOf)).to.deep.equal([]);
  });
});
