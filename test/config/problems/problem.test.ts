import { expect } from "chai";
import { formatProblem, hasErrors, type Problem, sortProblems } from "../../../config/problems/problem";

const PROBLEM: Problem = {
  severity: "error",
  file: "servers/a.yaml",
  line: 12,
  column: 5,
  path: "SyncSettings[0].Schedule",
  message: "is not a schedule",
  received: '"daily"',
  allowed: "@daily",
};

describe("formatProblem", () => {
  it("says where, what, the value received and what is allowed", () => {
    expect(formatProblem(PROBLEM)).to.equal(
      'servers/a.yaml:12:5 SyncSettings[0].Schedule: is not a schedule (received: "daily"; allowed: @daily)',
    );
  });

  it("leaves out what there is not", () => {
    const { received, allowed, ...rest } = PROBLEM;
    expect(formatProblem({ ...rest, path: "", line: 0, column: 0 })).to.equal("servers/a.yaml: is not a schedule");
    expect([received, allowed]).to.deep.equal(['"daily"', "@daily"]);
  });

  it("stays on one line, whatever a file is called", () => {
    const { received: _, allowed: __, ...rest } = PROBLEM;
    const file = "servers/a\n::error file=b::done \u001b[2J\u202e.yaml";
    expect(formatProblem({ ...rest, file, path: "" })).to.equal(
      "servers/a\\u{a}::error file=b::done \\u{1b}[2J\\u{202e}.yaml:12:5: is not a schedule",
    );
  });

  it("marks a warning", () => {
    const { received: _, allowed: __, ...rest } = PROBLEM;
    expect(formatProblem({ ...rest, severity: "warning" })).to.equal(
      "servers/a.yaml:12:5 SyncSettings[0].Schedule: warning: is not a schedule",
    );
  });
});

describe("hasErrors", () => {
  it("does not count warnings", () => {
    expect(hasErrors([])).to.equal(false);
    expect(hasErrors([{ severity: "warning" }])).to.equal(false);
    expect(hasErrors([{ severity: "warning" }, { severity: "error" }])).to.equal(true);
  });
});

describe("sortProblems", () => {
  it("goes by the order of the files, then by line and column", () => {
    const at = (file: string, line: number, column: number) => ({ ...PROBLEM, file, line, column });
    const sorted = sortProblems([at("a", 2, 1), at("a", 1, 9), at("b", 1, 1), at("a", 1, 2)], ["b", "a"]);
    expect(sorted.map(({ file, line, column }) => `${file}:${line}:${column}`)).to.deep.equal([
      "b:1:1",
      "a:1:2",
      "a:1:9",
      "a:2:1",
    ]);
  });
});
