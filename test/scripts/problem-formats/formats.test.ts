import { join, resolve } from "node:path";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect } from "chai";
import type { Log } from "sarif";
import { formatProblem, type Problem } from "../../../config/problems/problem";
import { githubAnnotations } from "../../../scripts/commands/problem-formats/github";
import { sarifLog } from "../../../scripts/commands/problem-formats/sarif";

const ROOT = resolve(__dirname, "../../..");

const PROBLEM: Problem = {
  severity: "error",
  file: join(ROOT, "servers", "a, b: 100%.yaml"),
  line: 12,
  column: 5,
  path: "SyncSettings[3].Schedule",
  message: "is 100% wrong",
  received: '"a::b"',
  allowed: "@daily",
};

const WHOLE: Problem = {
  severity: "warning",
  file: "/elsewhere/x y.yaml",
  line: 0,
  column: 0,
  path: "",
  message: "odd",
};

describe("problems as text", () => {
  it("hold no command to CI, which looks for them anywhere in a line", () => {
    const text = formatProblem({ ...WHOLE, message: "odd ##[group]x ##vso[task.setvariable]y" });
    expect(text).to.equal("/elsewhere/x y.yaml: warning: odd # #[group]x # #vso[task.setvariable]y");
  });
});

describe("problems for GitHub Actions", () => {
  it("name the file from the repository's root, and escape what a command is made of", () => {
    expect(githubAnnotations([PROBLEM])[0]).to.equal(
      "::error file=servers/a%2C b%3A 100%25.yaml,line=12,col=5::SyncSettings[3].Schedule: is 100%25 wrong " +
        '(received: "a::b"; allowed: @daily)',
    );
    expect(githubAnnotations([{ ...WHOLE, message: "odd\r\n::error::forged" }])[0]).to.equal(
      "::warning file=/elsewhere/x y.yaml::odd%0D%0A::error::forged",
    );
  });
});

describe("many problems for GitHub Actions", () => {
  const many = Array.from({ length: 30 }, (_, index) => ({ ...WHOLE, message: `odd ${index}` }));
  const annotations = githubAnnotations([...many, { ...WHOLE, message: "reaches another's keys" }, PROBLEM]);

  it("begin with how many have no place there", () => {
    expect(annotations[0]).to.match(/^::warning::22 more warnings of 31 may have no place here/);
    expect(annotations).to.have.lengthOf(33);
  });

  it("hide neither an error nor a warning of another kind", () => {
    expect(annotations[1]).to.match(/^::error file=/);
    expect(annotations.slice(2, 4).join("\n")).to.contain("reaches another's keys");
  });
});

describe("problems as SARIF", () => {
  const log: Log = sarifLog([PROBLEM, WHOLE]);

  it("have a rule for each field, and a place relative to the repository", () => {
    const [run] = log.runs;
    expect(run?.tool.driver.rules?.map(({ id }) => id)).to.deep.equal(["SyncSettings.Schedule", "file"]);
    expect(run?.results?.[0]).to.deep.equal({
      ruleId: "SyncSettings.Schedule",
      ruleIndex: 0,
      level: "error",
      message: { text: 'SyncSettings[3].Schedule: is 100% wrong (received: "a::b"; allowed: @daily)' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "servers/a%2C%20b%3A%20100%25.yaml", uriBaseId: "%SRCROOT%" },
            region: { startLine: 12, startColumn: 5 },
          },
        },
      ],
    });
  });

  it("have no line where the file was not read, nor a base where it lies elsewhere", () => {
    expect(log.runs[0]?.results?.[1]?.locations).to.deep.equal([
      { physicalLocation: { artifactLocation: { uri: "file:///elsewhere/x%20y.yaml" } } },
    ]);
  });

  it("are a run without results where nothing is wrong", () => {
    expect(sarifLog([])).to.nested.include({ version: "2.1.0", "runs[0].results.length": 0 });
  });
});

describe("the schema of SARIF 2.1.0", () => {
  const isSarif = sarifValidator();

  it("takes every form of a problem", () => {
    const problems = [
      PROBLEM,
      WHOLE,
      { ...PROBLEM, severity: "warning" as const, file: "x #?%&.yaml", path: "", message: "odd \u0000 \u{1f600}" },
      { ...PROBLEM, path: "SyncSettings[12].RemoteFolders.Include[3]", line: 1, column: 1 },
    ];
    for (const log of [sarifLog(problems), sarifLog([])]) {
      expect(isSarif(JSON.parse(JSON.stringify(log))), JSON.stringify(isSarif.errors)).to.equal(true);
    }
  });

  it("refuses a place before the first line", () => {
    expect(isSarif(JSON.parse(JSON.stringify(sarifLog([{ ...PROBLEM, column: 0 }]))))).to.equal(false);
  });
});

/** The schema says that it is of draft 4; it uses nothing that Ajv, which knows later drafts, takes otherwise. */
function sarifValidator() {
  const { $schema: _draft, id: _address, ...schema } = sarifSchema;
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  addFormats(ajv);
  return ajv.compile(schema);
}
