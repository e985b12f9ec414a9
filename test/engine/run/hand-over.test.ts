import { expect } from "chai";
import { readLock } from "../../../engine/lock/lock";
import { accountedFor, Simulation } from "../support/simulation";

/** Three levels, so that a run takes several rounds. */
function deepTree(simulation: Simulation): void {
  for (const path of ["/data/a", "/data/1/b", "/data/1/2/c", "/data/1/2/3/d"]) {
    simulation.remote.put(path);
  }
}

describe("handing a long run over", () => {
  it("goes on in further executions, as one run with one report", async () => {
    const simulation = new Simulation({ roundsPerExecution: 1 });
    deepTree(simulation);
    const { report } = await simulation.run();
    const { started } = simulation.services.executions;
    expect(started.length).to.be.above(1);
    expect(started.map(({ name }) => name)).to.deep.equal(started.map((_, index) => `run-1-${index + 2}`));
    expect(report).to.include({ run: "run-1", status: "SUCCEEDED" });
    expect(report.files).to.include({ seen: 4, transferred: 4 });
    expect(accountedFor(report)).to.equal(4);
    expect(simulation.ledgerPaths()).to.have.length(4);
  });

  it("keeps the first execution's start, so that the deadline stays", async () => {
    const simulation = new Simulation({ roundsPerExecution: 1 });
    deepTree(simulation);
    const first = simulation.begin();
    await simulation.round(first);
    simulation.services.clock.advance(100);
    const second = simulation.successor(first);
    expect(second).to.include({ run: first.run, part: 2 });
    expect(second.startedAt).to.deep.equal(first.startedAt);
  });

  it("may be repeated when its answer was lost", async () => {
    const simulation = new Simulation({ roundsPerExecution: 1 });
    deepTree(simulation);
    const first = simulation.begin();
    simulation.services.executions.nextStart = async () => {
      throw new Error("the answer was lost");
    };
    await simulation.round(first).catch(() => undefined);
    expect(await simulation.syncSlice(first)).to.include({ Status: "HANDED_OVER" });
    expect(simulation.services.executions.started).to.have.length(1);
  });

  it("does not take the lock back from the execution after the next when it is repeated late", async () => {
    const simulation = new Simulation({ roundsPerExecution: 1 });
    deepTree(simulation);
    const first = simulation.begin();
    await simulation.round(first);
    const second = simulation.successor(first);
    await simulation.round(second);
    const third = simulation.successor(second);
    expect(await simulation.syncSlice(first)).to.include({ Status: "HANDED_OVER" });
    expect(await readLock(simulation.objects, third)).to.include({ executionArn: third.executionArn });
  });

  it("is made up for by the next run where the successor never starts", async () => {
    const simulation = new Simulation({ roundsPerExecution: 1 });
    deepTree(simulation);
    const first = simulation.begin();
    await simulation.round(first);
    simulation.kill(first);
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
    expect(simulation.ledgerPaths()).to.have.length(4);
  });

  it("leaves other runs of the sync out while the successor is at work", async () => {
    const simulation = new Simulation({ roundsPerExecution: 1 });
    deepTree(simulation);
    const first = simulation.begin();
    await simulation.round(first);
    simulation.successor(first);
    const { report } = await simulation.run();
    expect(report.status).to.equal("SKIPPED");
    expect(report.warnings.join("\n")).to.include("run-1-2");
  });
});
