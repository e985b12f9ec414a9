import { expect } from "chai";
import type { Failure } from "../../../engine/failures/failure";
import { REPORT_FILE } from "../../../engine/report";
import { buildReport } from "../../../engine/run/build-report";
import { outcomeOf } from "../../../engine/run/outcome";
import { collectFailures } from "../../../engine/run/run-failures";
import { Work } from "../../../engine/work/work";
import { START } from "../support/fake-services";
import { REPORTS, runContext } from "../support/run-input";
import { Simulation } from "../support/simulation";
import { testRoot } from "../support/test-root";

const MEGABYTE = 1_000_000;

/** S3's longest key; in the report and the lists each of its characters is one that has to be escaped. */
function longPath(index: number): string {
  return `/data/${String(index).padStart(8, "0")}${"\u0085".repeat(505)}`;
}

interface FinishedRun {
  readonly report: { readonly bytes: number };
  /** Bytes of each list, in their order. */
  readonly lists: readonly number[];
  readonly listed: number;
  readonly ended: Awaited<ReturnType<Simulation["finish"]>>;
}

/** Ends a run with so many failures. What is written of them is measured, and not kept. */
async function finishWith(count: number, failure: (index: number) => Failure): Promise<FinishedRun> {
  const simulation = new Simulation();
  const context = simulation.begin();
  await simulation.startSlice(context);
  const work = await Work.load(simulation.objects, context);
  work?.failures.append(Array.from({ length: count }, (_, index) => failure(index)));
  await work?.commit();
  const { objects } = simulation;
  const lists: number[] = [];
  let listed = 0;
  let reportBytes = 0;
  const write = objects.write.bind(objects);
  objects.write = async (bucket, key, text, condition) => {
    if (key.endsWith(".jsonl")) {
      lists.push(Buffer.byteLength(text));
      listed += text.split("\n").length - 1;
      return write(bucket, key, "", condition);
    }
    reportBytes = key.endsWith(REPORT_FILE) ? Buffer.byteLength(text) : reportBytes;
    return write(bucket, key, text, condition);
  };
  const ended = await simulation.finish({ context, skipped: false });
  return { report: { bytes: reportBytes }, lists, listed, ended };
}

describe("a run with more failures, and longer names, than anybody reads", function () {
  this.timeout(120_000);

  it("writes lists of limited size, a report of limited size, and an outcome that any channel takes", async () => {
    const detail = "x".repeat(1000);
    const { report, lists, listed, ended } = await finishWith(20_000, (index) => ({
      path: longPath(index),
      error: "TransferFailed",
      kind: "other",
      detail,
    }));
    expect(listed).to.equal(20_000);
    expect(Math.max(...lists)).to.be.below(9 * MEGABYTE);
    expect(ended.report.furtherFailures).to.deep.include({ count: 19_000 });
    expect(ended.report.furtherFailures).not.to.have.property("unlisted");
    expect(report.bytes).to.be.below(8 * MEGABYTE);
    // SNS, EventBridge, a payload of Step Functions and a line in CloudWatch take 256 KB each.
    expect(Buffer.byteLength(JSON.stringify(ended.outcome))).to.be.below(10_000);
    expect(ended.outcome.Subject).to.match(/^[ -~]{1,100}$/);
  });

  for (const [what, most] of [
    ["characters", { lines: 1_000_000, characters: 45_000 }],
    ["failures", { lines: 10, characters: 400_000_000 }],
  ] as const) {
    it(`leaves out of the lists what would take the function too long, by ${what}, and says how many those are`, async () => {
      const simulation = new Simulation();
      const context = simulation.begin();
      await simulation.startSlice(context);
      const work = await Work.load(simulation.objects, context);
      const failure = { error: "TransferFailed", kind: "other", detail: "x".repeat(500) } as const;
      work?.failures.append(Array.from({ length: 1100 }, (_, index) => ({ ...failure, path: longPath(index) })));
      await work?.commit();
      const { further } = await collectFailures(simulation.objects, context, work, most);
      expect(further).to.deep.equal({ count: 100, lists: ["failures-001.jsonl"], unlisted: 1090 });
      const text = simulation.objects.text(REPORTS, `${context.prefix}failures-001.jsonl`) ?? "";
      expect(text.split("\n")).to.have.length(11);
    });
  }

  it("says so in the notification", () => {
    const failures = { count: 100, lists: ["failures-001.jsonl", "failures-002.jsonl"], unlisted: 7 };
    const report = buildReport(
      runContext(),
      testRoot(),
      { failures: { named: [], further: failures } },
      { kind: "finished" },
      START,
    );
    expect(outcomeOf(report, "s3://bucket/report.json").Message).to.include(
      "Every failure: s3://bucket/failures-001.jsonl to s3://bucket/failures-002.jsonl (but 7 more, for which there was no room)\n",
    );
  });
});
