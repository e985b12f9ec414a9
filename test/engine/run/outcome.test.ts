import { expect } from "chai";
import { nextStep } from "../../../contract/next-step";
import type { Report } from "../../../engine/report";
import { outcomeOf } from "../../../engine/run/outcome";

const URI = "s3://list-results/runs/acme/data/run-1/report.json";

function report(changes: Partial<Report> = {}): Report {
  return {
    version: 1,
    server: "acme",
    sync: "data",
    run: "run-1",
    execution: "arn:execution",
    status: "SUCCEEDED",
    dryRun: false,
    folder: "/data",
    startedAt: "2026-03-05T10:00:00.000Z",
    finishedAt: "2026-03-05T10:00:01.000Z",
    seconds: 1,
    folders: { listed: 4, failed: 0, missing: 0, truncated: 0, spared: 0 },
    files: { seen: 9, transferred: 3, failed: 0, unfinished: 0, skipped: { unchanged: 4, excluded: 2 } },
    bytes: 77,
    resentInDoubt: 0,
    warnings: [],
    failures: [],
    ...changes,
  };
}

function failed(count: number, reason = "TransferFailed: X"): Report {
  return report({
    status: "FAILED",
    error: { name: "TransferIncomplete", message: "it did not work" },
    files: { seen: count, transferred: 0, failed: count, unfinished: 2, skipped: {} },
    failures: Array.from({ length: count }, (_, index) => ({ path: `/data/f${index}`, reason })),
  });
}

describe("outcomeOf", () => {
  it("of a run that succeeded holds no error", () => {
    const outcome = outcomeOf(report(), URI);
    expect(outcome.Status).to.equal("SUCCEEDED");
    expect(outcome).not.to.have.property("Error");
  });

  it("says server, sync, what failed, what was done all the same, and where the report is", () => {
    const { Subject, Message, Error: error } = outcomeOf(failed(2), URI);
    expect(Subject).to.include("TransferIncomplete").and.to.include("acme").and.to.include("data");
    expect(error).to.deep.equal({ Name: "TransferIncomplete", Message: "it did not work" });
    for (const part of [
      "acme",
      "data",
      "/data/f0: TransferFailed: X",
      "/data/f1",
      "4 folders listed",
      "2 files were not",
      URI,
    ]) {
      expect(Message).to.include(part);
    }
  });

  it("says what to do next, by the error's name, and nothing of it where nothing failed", () => {
    expect(outcomeOf(failed(1), URI).Message).to.include(`\nWhat to do: ${nextStep("TransferIncomplete")}\n`);
    expect(outcomeOf(report(), URI).Message).not.to.include("What to do");
  });

  it("says it by what the run has seen, where that says more", () => {
    const failures = [
      { path: "/data/f0", reason: "X", error: "TransferFailed" as const, kind: "not-permitted" as const },
    ];
    const { Message } = outcomeOf({ ...failed(1), failures }, URI);
    expect(Message).to.include("\nWhat to do: The server lists these files and does not let this user read them.");
  });

  it("gives ten examples, and says how many more there are", () => {
    const { Message } = outcomeOf(failed(25), URI);
    expect(Message.match(/\/data\/f\d+/g)).to.have.length(10);
    expect(Message).to.include("and 15 more");
    expect(outcomeOf(failed(10), URI).Message).not.to.include("more");
  });

  const names: [string, string][] = [
    ["x".repeat(300), "y"],
    ["ümlaut", "line\nbreak"],
    ["tab\t", "\u{1F600}"],
  ];
  for (const [server, sync] of names) {
    it(`has a subject that SNS takes, also for ${JSON.stringify(`${server.slice(0, 9)} / ${sync}`)}`, () => {
      expect(outcomeOf(report({ server, sync }), URI).Subject).to.match(/^[\x20-\x7e]{1,100}$/);
    });
  }

  it("stays small, however long paths and messages are", () => {
    const long = failed(1000, "x".repeat(5000));
    const outcome = outcomeOf({ ...long, error: { name: "TransferIncomplete", message: "y".repeat(100_000) } }, URI);
    expect(JSON.stringify(outcome).length).to.be.lessThan(8192);
  });
});
