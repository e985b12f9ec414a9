import { expect } from "chai";
import type { RunContext } from "../../../engine/run-context";
import { Crash } from "../support/fake-objects";
import { PREFIX, REPORTS, TARGET } from "../support/run-input";
import { Simulation } from "../support/simulation";

const FILE = "/data/a";

function world(): Simulation {
  const simulation = new Simulation();
  simulation.remote.put(FILE);
  return simulation;
}

/** Plays a run until it has recorded its file in the ledger; the function dies before the work state says so. */
async function dieAfterRecording(simulation: Simulation): Promise<RunContext> {
  const { objects, connector } = simulation;
  const context = simulation.begin();
  let isRecorded = false;
  objects.beforeWrite = (_, key) => {
    if (isRecorded && key.endsWith("root.json")) {
      throw new Crash(key);
    }
    isRecorded ||=
      key.startsWith("ledger/") && objects.keys(TARGET).length > 0 && connector.transferRequests.length > 0;
  };
  const error = await simulation.pump(context).catch((thrown: unknown) => thrown);
  expect(error).to.be.instanceOf(Crash);
  objects.beforeWrite = undefined;
  expect(simulation.ledgerPaths()).to.deep.equal([FILE]);
  return context;
}

function consume({ objects }: Simulation): void {
  objects.delete(TARGET, PREFIX + FILE);
}

describe("a file that was recorded as verified by a function that died before the work state said so", () => {
  it("is not sent again by the next run, where a consumer has taken it meanwhile", async () => {
    const simulation = world();
    simulation.kill(await dieAfterRecording(simulation));
    consume(simulation);
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.files).to.deep.include({ transferred: 0, skipped: { unchanged: 1 } });
    expect(simulation.connector.requestedPaths()).to.deep.equal([FILE]);
    expect((await simulation.run()).report.files.skipped).to.deep.equal({ unchanged: 1 });
  });

  it("is no failure of the same run, and counts as transferred", async () => {
    const simulation = world();
    const context = await dieAfterRecording(simulation);
    consume(simulation);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.files).to.deep.include({ transferred: 1, failed: 0 });
    expect(report.bytes).to.equal(10);
    expect(simulation.connector.requestedPaths()).to.deep.equal([FILE]);
  });

  it("is not sent again where the service has forgotten the transfer, either", async () => {
    const simulation = world();
    const context = await dieAfterRecording(simulation);
    consume(simulation);
    simulation.connector.forgotten.add("t-1");
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.files).to.deep.include({ transferred: 1, failed: 0 });
    expect(simulation.connector.requestedPaths()).to.deep.equal([FILE]);
  });

  it("is sent again where the ledger is lost: nobody knows of it then", async () => {
    const simulation = world();
    simulation.kill(await dieAfterRecording(simulation));
    consume(simulation);
    for (const key of simulation.ledgerKeys()) {
      simulation.objects.delete(REPORTS, key);
    }
    const { report } = await simulation.run();
    expect(report.files.transferred).to.equal(1);
  });

  it("is not taken for recorded where it was sent once more, on demand, since", async () => {
    const simulation = world();
    await simulation.run();
    consume(simulation);
    simulation.connector.lost.add(FILE);
    const { report } = await simulation.run({ mode: "compare" });
    expect(report.status).to.equal("FAILED");
    simulation.connector.lost.clear();
    expect((await simulation.run()).report.files.transferred).to.equal(1);
  });

  it("is not taken for recorded where the service says that it failed: earlier versions sent files without a mark", async () => {
    const simulation = world();
    await simulation.run();
    consume(simulation);
    simulation.connector.failures.set(FILE, [{ code: "PERMISSION_DENIED", message: "Permission denied" }]);
    const context = simulation.begin({ mode: "compare" });
    await simulation.round(context);
    for (const key of simulation.ledgerKeys()) {
      const ledger: object = JSON.parse(simulation.objects.text(REPORTS, key) ?? "");
      simulation.objects.put(REPORTS, key, { text: JSON.stringify({ ...ledger, marks: [] }) });
    }
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files).to.deep.include({ transferred: 0, failed: 1 });
  });
});
