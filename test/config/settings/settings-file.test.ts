import { expect } from "chai";
import { formatProblem } from "../../../config/problems/problem";
import { readSettings } from "../../../config/settings/settings-file";

function problemsOf(text: string): string[] {
  return readSettings(text).problems.map(formatProblem);
}

describe("readSettings", () => {
  it("reads the context of the file", () => {
    const { settings, problems } = readSettings('{"app": "x", "context": {"region": "us-east-2"}}');
    expect(problems).to.deep.equal([]);
    expect(settings).to.include({ region: "us-east-2", namePrefix: "sftp-sync" });
  });

  it("prefers the context that the cdktf command hands over, without the command's own keys", () => {
    const handedOver = JSON.stringify({ region: "us-east-2", cdktfJsonPath: "/x", cdktfRelativeModules: [] });
    const { settings, problems } = readSettings('{"context": {"region": "eu-central-1"}}', handedOver);
    expect(problems).to.deep.equal([]);
    expect(settings).to.include({ region: "us-east-2" });
  });

  const broken: readonly (readonly [string, string, RegExp])[] = [
    ["an empty file", "", /^cdktf\.json:1:1: the file is empty /],
    ["a list", "[]", /^cdktf\.json:1:1: the file must hold a map of fields \(received: a list\)$/],
    ["an open bracket", '{\n  "context": {', /^cdktf\.json:2:\d+: YAML: Flow map /],
    ["a comment", '{\n  # why\n  "context": {"region": "us-east-2"}\n}', /^cdktf\.json: is not JSON: /],
    [
      "a setting that is there twice",
      '{"context": {\n  "region": "us-east-2",\n  "region": "us-east-1"}}',
      /^cdktf\.json:3:3: the key region is given twice/,
    ],
    ["a file without a context", '{"app": "x"}', /^cdktf\.json:1:1 context\.region: is missing/],
  ];
  for (const [what, text, problem] of broken) {
    it(`refuses ${what}, and says where`, () => {
      const problems = problemsOf(text);
      expect(problems).to.have.lengthOf(1);
      expect(problems[0]).to.match(problem);
      expect(readSettings(text).settings).to.equal(undefined);
    });
  }
});
