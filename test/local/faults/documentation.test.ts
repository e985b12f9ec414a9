import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { formatProblem } from "../../../config/problems/problem";
import { faultsSchema } from "../../../local/faults/faults-schema";
import { readFaults } from "../../../local/faults/read-faults";

const TEXT = readFileSync(join(__dirname, "..", "..", "..", "docs", "faults.md"), "utf8");
const EXAMPLES = [...TEXT.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = ""]) => yaml);

describe("docs/faults.md", () => {
  for (const [index, example] of EXAMPLES.entries()) {
    it(`has an example ${index + 1} that can be used as it is`, () => {
      expect(readFaults("docs/faults.md", example).problems.map(formatProblem)).to.deep.equal([]);
    });
  }

  for (const fault of Object.keys(faultsSchema.shape)) {
    it(`describes and shows ${fault}`, () => {
      expect(TEXT).to.contain(`### \`${fault}\``);
      expect(EXAMPLES.some((example) => new RegExp(`^${fault}:`, "m").test(example))).to.equal(true);
    });
  }
});
