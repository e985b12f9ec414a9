import { expect } from "chai";
import { RUN_ERROR_NAMES } from "../../../contract/run-errors";
import { FAILURE_NAMES, type Failure, type FailureName } from "../../../engine/failures/failure";
import { reportSchema } from "../../../engine/report";
import { buildReport, type Ending } from "../../../engine/run/build-report";
import type { Counters, Root } from "../../../engine/work/root";
import { START } from "../support/fake-services";
import { type RunOptions, runContext } from "../support/run-input";
import { accountedFor } from "../support/simulation";
import { testRoot } from "../support/test-root";

const FINISHED: Ending = { kind: "finished" };
const END = new Date(START.getTime() + 12_500);

function rootWith(counters: Partial<Counters> = {}, error?: Root["error"]): Root {
  const root = { ...testRoot({ folder: "/data/05" }), warnings: ["careful"] };
  return { ...root, counters: { ...root.counters, ...counters }, ...(error === undefined ? {} : { error }) };
}

function failure(error: FailureName, path = `/${error}`): Failure {
  return { path, error, kind: "other", detail: "detail" };
}

function report(root: Root | undefined, failures: Failure[] = [], ending = FINISHED, options: RunOptions = {}) {
  return buildReport(runContext(options), root, { failures: { named: failures, further: undefined } }, ending, END);
}

describe("buildReport", () => {
  it("is what its schema says", () => {
    const made = report(rootWith({ seen: 1, failed: 1 }), [failure("TransferFailed")]);
    expect(reportSchema.parse(JSON.parse(JSON.stringify(made)))).to.deep.equal(made);
  });

  for (const list of [
    "../run-2/files-001.jsonl",
    "report.json",
    "files-001.jsonl/a",
    "failures-001.jsonl",
    "files-1.jsonl",
  ]) {
    it(`names as lists of files no other object: ${list}`, () => {
      const read = (name: string) => reportSchema.safeParse({ ...report(rootWith()), fileLists: { lists: [name] } });
      expect(read(list).success).to.equal(false);
      expect(read("files-1000.jsonl").success).to.equal(true);
    });
  }

  it("says which run, when, how long and where", () => {
    expect(report(rootWith())).to.deep.include({
      server: "acme",
      sync: "data",
      run: "run-1",
      status: "SUCCEEDED",
      folder: "/data/05",
      startedAt: START.toISOString(),
      finishedAt: END.toISOString(),
      seconds: 12.5,
      warnings: ["careful"],
    });
  });

  it("says that something cannot be copied, with examples as they are written in a program", () => {
    const counted = rootWith({ seen: 3, transferred: 1, skipped: { "too-large": 1, "unsupported-name": 1 } });
    const { warnings } = report({ ...counted, uncopyable: ["/data/line\nbreak", "/data/huge"] });
    expect(warnings).to.deep.equal([
      "careful",
      '2 file(s) or folder(s) cannot be copied for their name or size, such as "/data/line\\nbreak", "/data/huge"',
    ]);
  });

  const figures: [string, Partial<Counters>, boolean, number][] = [
    ["everything done", { seen: 6, transferred: 3, failed: 1, skipped: { unchanged: 2 } }, false, 0],
    ["ended early", { seen: 6, transferred: 1, skipped: { unchanged: 2, vanished: 1 } }, false, 2],
    ["a dry run", { seen: 6, wouldTransfer: 4, skipped: { excluded: 2 } }, true, 0],
  ];
  for (const [title, counters, dryRun, unfinished] of figures) {
    it(`adds up: ${title}`, () => {
      const made = report(rootWith(counters), [], FINISHED, { dryRun });
      expect(made.files.unfinished).to.equal(unfinished);
      expect(accountedFor(made)).to.equal(6);
      expect("wouldTransfer" in made.files).to.equal(dryRun);
    });
  }

  const precedence: [FailureName[], string][] = [
    [["TransferFailed"], "TransferIncomplete"],
    [["TransferFailed", "ListingTruncated"], "ListingTruncated"],
    [["ListingTruncated", "ListingTimedOut"], "ListingTimedOut"],
    [["ListingTimedOut", "ListingFailed", "TransferFailed"], "ListingFailed"],
    [["ListingFailed", "RemoteFolderMissing"], "RemoteFolderMissing"],
  ];
  for (const [names, expected] of precedence) {
    it(`names ${names.join(" and ")} ${expected}, with an example of it`, () => {
      const { error, status } = report(
        rootWith(),
        names.map((name) => failure(name)),
      );
      expect(status).to.equal("FAILED");
      expect(error?.name).to.equal(expected);
      expect(RUN_ERROR_NAMES).to.include(expected);
      expect(error?.message).to.include(`/${expected === "TransferIncomplete" ? "TransferFailed" : expected}: detail`);
    });
  }

  it("says in figures what failed", () => {
    const root = rootWith({ foldersFailed: 2, foldersTruncated: 1, failed: 30 });
    const { error } = report(root, [failure("ListingFailed", "/data/x")]);
    expect(error?.message).to.match(/^2 folder.*1 folder.*30 file.*\/data\/x: detail$/);
  });

  it("puts the run's own error before those of folders and files, and a caught one before all", () => {
    const timedOut = rootWith({}, { name: "RunTimedOut", message: "late" });
    expect(report(timedOut, [failure("ListingFailed")]).error).to.deep.equal({ name: "RunTimedOut", message: "late" });
    const caught = { name: "States.Timeout", message: "" };
    expect(report(timedOut, [], { kind: "error", error: caught }).error).to.deep.equal(caught);
  });

  it("names a skipped run's holder, and reports no error", () => {
    const since = "2026-03-05T09:00:00.000Z";
    const made = report(undefined, [], { kind: "skipped", holder: "arn:holder", since });
    expect(made.status).to.equal("SKIPPED");
    expect(made).not.to.have.property("error");
    expect(made.warnings).to.deep.equal([`The run arn:holder is at work, since ${since}`]);
    expect(made.files).to.deep.equal({ seen: 0, transferred: 0, failed: 0, unfinished: 0, skipped: {} });
  });

  it("names the run after every failure that there can be", () => {
    for (const name of FAILURE_NAMES) {
      expect(RUN_ERROR_NAMES).to.include(report(rootWith(), [failure(name)]).error?.name);
    }
  });

  it("gives each failure's path, name, kind and detail, and in one line what it has always given", () => {
    const late: Failure = { path: "/b", error: "ListingTimedOut", kind: "no-result", detail: "" };
    expect(report(rootWith(), [failure("ListingFailed", "/a"), late]).failures).to.deep.equal([
      { path: "/a", reason: "ListingFailed: detail", error: "ListingFailed", kind: "other", detail: "detail" },
      { path: "/b", reason: "ListingTimedOut", error: "ListingTimedOut", kind: "no-result", detail: "" },
    ]);
  });
});
