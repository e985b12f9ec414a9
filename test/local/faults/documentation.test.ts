import { expect } from "chai";
import { faultsSchema } from "../../../local/faults/faults-schema";
import { fencesOf, pageText } from "../../support/fences";

const PAGE = "docs/faults.md";
const EXAMPLES = fencesOf(PAGE).filter(({ mark }) => mark === "faults");

describe(PAGE, () => {
  for (const fault of Object.keys(faultsSchema.shape)) {
    it(`describes and shows ${fault}`, () => {
      expect(pageText(PAGE)).to.contain(`### \`${fault}\``);
      expect(EXAMPLES.some(({ text }) => new RegExp(`^${fault}:`, "m").test(text))).to.equal(true);
    });
  }
});
