import { expect } from "chai";
import { type ReportedFailure, reportedFailureSchema } from "../../../engine/report";
import { finishRun } from "../../../engine/run/finish";
import { type RunContext, runPrefix } from "../../../engine/run-context";
import { Work } from "../../../engine/work/work";
import { REPORTS, TARGET } from "../support/run-input";
import { Simulation } from "../support/simulation";

function failing(count: number): Simulation {
  const simulation = new Simulation();
  for (let index = 0; index < count; index += 1) {
    simulation.remote.put(`/data/f${index}`);
    simulation.connector.failures.set(`/data/f${index}`, [{ message: "Permission denied" }]);
  }
  return simulation;
}

function failureLines({ objects }: Simulation, key: string): ReportedFailure[] {
  const lines = objects.text(REPORTS, key)?.split("\n") ?? [];
  return lines.filter((line) => line !== "").map((line) => reportedFailureSchema.parse(JSON.parse(line)));
}

const repeat = ({ services }: Simulation, context: RunContext) =>
  finishRun(services, services.metrics, context, { error: undefined, skipped: false });

describe("finishRun", () => {
  it("says the same when repeated, also later and with the lock gone", async () => {
    const simulation = failing(1);
    const context = simulation.begin();
    const first = await simulation.finish(await simulation.pump(context));
    simulation.services.clock.advance(500);
    const again = await repeat(simulation, context);
    expect(again).to.deep.equal(first.outcome);
    expect(simulation.report(context)).to.deep.equal(first.report);
  });

  it("when repeated leaves the lock of the run that came after", async () => {
    const simulation = failing(1);
    const context = simulation.begin();
    await simulation.finish(await simulation.pump(context));
    const next = simulation.begin();
    await simulation.startSlice(next);
    await repeat(simulation, context);
    expect(simulation.objects.text(REPORTS, next.lockKey)).to.include(next.executionArn);
  });

  it("gives the lock back also where it died after writing its report", async () => {
    const simulation = failing(1);
    const context = simulation.begin();
    const pumped = await simulation.pump(context);
    simulation.objects.crashAt = { write: simulation.objects.writes + 1, moment: "after" };
    await simulation.finish(pumped);
    expect(simulation.objects.keys(REPORTS, "locks/")).to.deep.equal([]);
  });

  it("reports an error that the state machine caught, and what was done until then", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a");
    const context = simulation.begin();
    await simulation.round(context);
    const caught = Object.assign(new Error("out of memory"), { name: "Runtime.ExitError" });
    const { outcome, report } = await simulation.finish({ context, skipped: false }, caught);
    expect(outcome.Error).to.deep.equal({ Name: "Runtime.ExitError", Message: "out of memory" });
    expect(report.folders.listed).to.equal(1);
    expect(report.files).to.include({ seen: 1, unfinished: 1 });
  });

  it("names the first thousand failures in the report, and every one in a list beside it", async () => {
    const simulation = failing(1005);
    const { report, outcome } = await simulation.run();
    expect(report.failures).to.have.length(1000);
    expect(report.files.failed).to.equal(1005);
    expect(report.furtherFailures).to.deep.equal({ count: 5, lists: ["failures-001.jsonl"] });
    const key = `${runPrefix("acme", "data", "run-1")}failures-001.jsonl`;
    const listed = failureLines(simulation, key);
    expect(new Set(listed.map(({ path }) => path)).size).to.equal(1005);
    expect(listed.slice(0, 1000)).to.deep.equal(report.failures);
    expect(outcome.Message).to.include(`Every failure: s3://${REPORTS}/${key}\n`).and.to.include("and 995 more");
  });

  it("cuts the list of failures where it would grow long", async () => {
    const simulation = new Simulation();
    const context = simulation.begin();
    await simulation.startSlice(context);
    const work = await Work.load(simulation.objects, context);
    const failure = { error: "TransferFailed", kind: "other", detail: "no" } as const;
    work?.failures.append(Array.from({ length: 12_000 }, (_, index) => ({ ...failure, path: `/data/${index}` })));
    await work?.commit();
    const { report, outcome } = await simulation.finish({ context, skipped: false });
    const lists = ["failures-001.jsonl", "failures-002.jsonl", "failures-003.jsonl"];
    expect(report.furtherFailures).to.deep.equal({ count: 11_000, lists });
    const listed = lists.map((name) => failureLines(simulation, context.prefix + name));
    expect(listed.map(({ length }) => length)).to.deep.equal([5000, 5000, 2000]);
    expect(listed.flat().map(({ path }) => path)).to.deep.equal(
      Array.from({ length: 12_000 }, (_, index) => `/data/${index}`),
    );
    expect(outcome.Message).to.match(/Every failure: s3:\S+failures-001\.jsonl to s3:\S+failures-003\.jsonl\n/);
  });

  it("writes no list where the report names every failure", async () => {
    const simulation = failing(1000);
    const { report, outcome } = await simulation.run();
    expect(report).not.to.have.property("furtherFailures");
    expect(simulation.objects.keys(REPORTS).filter((key) => key.endsWith(".jsonl"))).to.deep.equal([]);
    expect(outcome.Message).not.to.include("Every failure");
  });

  it("writes the list of failures again where it died before its report", async () => {
    const simulation = failing(1001);
    const context = simulation.begin();
    const pumped = await simulation.pump(context);
    // The fence, the list, and then the report.
    simulation.objects.crashAt = { write: simulation.objects.writes + 3, moment: "before" };
    const { report } = await simulation.finish(pumped);
    const [list = ""] = report.furtherFailures?.lists ?? [];
    expect(failureLines(simulation, context.prefix + list)).to.have.length(1001);
  });

  it("names a failed listing before a thousand failed files", async () => {
    const simulation = failing(1005);
    simulation.remote.makeFolder("/data/late");
    simulation.connector.silentListings.add("/data/late");
    const { outcome } = await simulation.run();
    expect(outcome.Error?.Name).to.equal("ListingTimedOut");
  });

  it("of a run that was skipped says what is at work, since when, and what to do", async () => {
    const simulation = failing(1);
    const first = simulation.begin();
    await simulation.round(first);
    simulation.services.clock.advance(500);
    const { outcome } = await simulation.run({ mode: "as-scheduled" });
    const since = first.startedAt.toISOString();
    expect(outcome).to.include({ Status: "SKIPPED", Subject: "SFTP sync SKIPPED: acme / data" });
    expect(outcome.Message)
      .to.include(`The run ${first.executionArn} is at work, since ${since}`)
      .and.to.include("What to do: Wait for that run to end");
  });

  it("writes its report where the run lies, and nothing beside the files", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a");
    await simulation.run();
    expect(simulation.objects.keys(REPORTS, runPrefix("acme", "data", "run-1"))).to.include(
      "runs/acme/data/run-1/report.json",
    );
    expect(simulation.objects.keys(TARGET)).to.deep.equal(["in/acme/data/a"]);
  });
});

describe("a run's metrics", () => {
  it("are recorded once, however often the end is repeated", async () => {
    const simulation = failing(2);
    const context = simulation.begin();
    const { report } = await simulation.finish(await simulation.pump(context));
    await repeat(simulation, context);
    expect(simulation.services.metrics.recorded).to.deep.equal([report]);
  });

  for (const moment of ["before", "after"] as const) {
    it(`are not lost where the function dies ${moment} writing its report`, async () => {
      const simulation = failing(1);
      const context = simulation.begin();
      const pumped = await simulation.pump(context);
      simulation.objects.crashAt = { write: simulation.objects.writes + 2, moment };
      const { report } = await simulation.finish(pumped);
      const { recorded } = simulation.services.metrics;
      expect(recorded.map(({ status }) => status)).to.deep.equal(
        moment === "before" ? [report.status, report.status] : [report.status],
      );
    });
  }
});
