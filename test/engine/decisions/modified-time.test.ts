import { expect } from "chai";
import type { RunOptions } from "../support/run-input";
import { Simulation } from "../support/simulation";

const MODE: RunOptions = { changeDetection: "modified-time" };

/** Due every hour; files are of 1 January unless a test says otherwise. */
async function copied(options: RunOptions = MODE): Promise<Simulation> {
  const simulation = new Simulation();
  simulation.remote.put("/data/a");
  await simulation.run({ ...options, scheduledTime: "2026-03-05T10:00:00Z" });
  simulation.connector.transferRequests.length = 0;
  simulation.services.clock.advance(3600);
  return simulation;
}

describe("ChangeDetection modified-time", () => {
  it("copies everything in its first run, and keeps no ledger", async () => {
    const simulation = await copied();
    expect(simulation.targetPaths()).to.deep.equal(["/data/a"]);
    expect(simulation.ledgerKeys()).to.deep.equal([]);
  });

  it("then looks only at what was modified after the time before this one", async () => {
    const simulation = await copied();
    simulation.remote.put("/data/at", { size: 1, modified: "2026-03-05T10:00:00Z" });
    simulation.remote.put("/data/after", { size: 1, modified: "2026-03-05T10:00:01Z" });
    const { report } = await simulation.run({ ...MODE, scheduledTime: "2026-03-05T11:00:00Z" });
    expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/after"]);
    expect(report.files.skipped).to.deep.equal({ "before-window": 2 });
  });

  it("copies everything again while no first copy has succeeded", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a");
    simulation.connector.failures.set("/data/a", Array(3).fill({ code: "CONNECTION_LOST" }));
    await simulation.run({ ...MODE, scheduledTime: "2026-03-05T10:00:00Z" });
    const { report } = await simulation.run({ ...MODE, scheduledTime: "2026-03-05T11:00:00Z" });
    expect(report.files.transferred).to.equal(1);
  });

  it("does not take a dry run for a first copy", async () => {
    const simulation = await copied({ ...MODE, dryRun: true });
    await simulation.run({ ...MODE, scheduledTime: "2026-03-05T11:00:00Z" });
    expect(simulation.targetPaths()).to.deep.equal(["/data/a"]);
  });

  // The run that was due last, at 11:00, may never have come: what it would have looked at was modified after 10:00.
  for (const [schedule, oldest] of [
    ["cron(0 * * * ? *)", "2026-03-05T10:00:01Z"],
    ["rate(1 hour)", "2026-03-05T09:30:01Z"],
  ] as const) {
    it(`by hand looks back as far as the run that was due last: ${schedule}`, async () => {
      const simulation = await copied();
      simulation.remote.put("/data/oldest", { size: 1, modified: oldest });
      simulation.remote.put("/data/older", { size: 1, modified: new Date(Date.parse(oldest) - 1000).toISOString() });
      const startedAt = new Date("2026-03-05T11:30:00Z");
      const { report } = await simulation.run({ ...MODE, mode: "as-scheduled", schedule, startedAt });
      expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/oldest"]);
      expect(report.files.skipped).to.deep.equal({ "before-window": 2 });
    });
  }

  it("by hand looks at everything where no schedule has times", async () => {
    const simulation = await copied();
    const { report } = await simulation.run({ ...MODE, mode: "as-scheduled", schedule: "on-demand" });
    expect(report.files.skipped).to.deep.equal({ "already-in-s3": 1 });
  });

  it("in Mode compare holds everything against S3", async () => {
    const simulation = await copied();
    const { report } = await simulation.run({ ...MODE, mode: "compare" });
    expect(report.files.skipped).to.deep.equal({ "already-in-s3": 1 });
  });

  it("copies a file that had to settle in the run after, though it is older than that run's window", async () => {
    const settling = { ...MODE, minimumAgeSeconds: 600 };
    const simulation = await copied(settling);
    simulation.remote.put("/data/young", { size: 1, modified: "2026-03-05T10:55:00Z" });
    const first = await simulation.run({ ...settling, scheduledTime: "2026-03-05T11:00:00Z" });
    expect(first.report.files.skipped).to.include({ settling: 1 });
    simulation.services.clock.advance(3600);
    await simulation.run({ ...settling, scheduledTime: "2026-03-05T12:00:00Z" });
    expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/young"]);
  });
});
