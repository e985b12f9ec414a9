import { expect } from "chai";
import { formatProblem } from "../../../config/problems/problem";
import { readFaults } from "../../../local/faults/read-faults";

const problemsOf = (text: string) => readFaults("faults.yaml", text).problems.map(formatProblem);

describe("a faults file", () => {
  it("is read with every default in its place", () => {
    const { faults, problems } = readFaults("faults.yaml", "FailFile:\n  - File: /in/*.csv\n    Times: 2\n");
    expect(problems).to.deep.equal([]);
    expect(faults?.FailFile).to.deep.equal([
      { File: "/in/*.csv", Code: "READ_FILE_ERROR", After: 0, Every: 1, Times: 2 },
    ]);
    expect(faults?.Throttle).to.deep.equal([]);
  });

  for (const [name, text, expected] of [
    [
      "an unknown fault, with the nearest name",
      "FailFiles: []",
      /faults\.yaml:1:1 FailFiles: .*did you mean FailFile\?/,
    ],
    [
      "an unknown key of a fault, with the nearest name",
      "FailFile:\n  - Files: /in/a\n",
      /faults\.yaml:2:5 FailFile\[0\]\.Files: .*did you mean File\?/,
    ],
    [
      "an unknown operation, with what is allowed",
      "Throttle:\n  - Operation: StartTransfer\n",
      /:2:16 Throttle\[0\]\.Operation: .*received: "StartTransfer"; allowed: StartDirectoryListing, StartFileTransfer/,
    ],
    [
      "a missing key",
      "DropConnection:\n  - Times: 1\n",
      /DropConnection\[0\]\.AfterBytes: is missing \(allowed: a number/,
    ],
    [
      "a count that is none",
      "FailFile:\n  - Every: 0\n",
      /FailFile\[0\]\.Every: is too small \(received: 0; allowed: at least 1\)/,
    ],
    [
      "a status that S3 does not give",
      "S3Error:\n  - {Operation: GetObject, Status: 404}\n",
      /Status: .*404.*500, 503/,
    ],
    ["one fault where a list belongs", "FailFile: {File: /in/a}\n", /FailFile: has the wrong type .*allowed: a list/],
    ["an empty file", "", /the file is empty/],
    ["text that is not YAML", "FailFile: [", /YAML: /],
  ] as const) {
    it(`with ${name} is refused`, () => {
      const problems = problemsOf(text);
      expect(problems.join("\n")).to.match(expected);
      expect(readFaults("faults.yaml", text)).not.to.have.property("faults");
    });
  }

  it("is told every problem at once", () => {
    expect(problemsOf("Throttel: []\nPendingFiles: many\n")).to.have.length(2);
  });
});
