import { expect } from "chai";
import { SliceSuperseded } from "../../../engine/errors";
import { loadWork } from "../../../engine/work/load";
import { REPORTS } from "../support/run-input";
import { accountedFor, type Ended, Simulation } from "../support/simulation";

const PATHS = ["/data/a", "/data/b", "/data/c"];

function world(): Simulation {
  const simulation = new Simulation();
  for (const path of PATHS) {
    simulation.remote.put(path);
  }
  return simulation;
}

/** A run that dies with three files in flight. */
async function dies(simulation: Simulation) {
  simulation.delivering.transfers = false;
  const context = simulation.begin();
  await simulation.round(context);
  expect(simulation.connector.requestedPaths()).to.deep.equal(PATHS);
  simulation.kill(context);
  simulation.delivering.transfers = true;
  return context;
}

function expectInOrder(simulation: Simulation, { report }: Ended): void {
  expect(report.status).to.equal("SUCCEEDED");
  expect(accountedFor(report)).to.equal(report.files.seen);
  expect(report.files.seen).to.equal(PATHS.length);
  expect(simulation.ledgerPaths()).to.have.members(PATHS);
}

describe("a run that takes over from a dead one", () => {
  it("reconciles what is in flight first, and sends nothing again", async () => {
    const simulation = world();
    await dies(simulation);
    const ended = await simulation.run();
    expect(simulation.connector.requestedPaths()).to.deep.equal(PATHS);
    expect(ended.report.files.skipped).to.deep.equal({ unchanged: 3 });
    expect(simulation.ledgerPaths()).to.have.members(PATHS);
    expect(simulation.objects.keys(REPORTS, "locks/")).to.deep.equal([]);
  });

  it("counts only its own files: the figures add up", async () => {
    const simulation = world();
    await dies(simulation);
    expectInOrder(simulation, await simulation.run());
  });

  it("decides nothing while those are in flight", async () => {
    const simulation = world();
    await dies(simulation);
    simulation.delivering.transfers = false;
    const context = simulation.begin();
    for (let round = 0; round < 5; round += 1) {
      await simulation.round(context);
    }
    expect(simulation.connector.requestedPaths()).to.deep.equal(PATHS);
  });

  it("sends a file that failed in flight once, not by retry and by decision", async () => {
    const simulation = world();
    await dies(simulation);
    simulation.connector.failures.set("/data/b", [{ code: "CONNECTION_LOST" }]);
    const ended = await simulation.run();
    expect(simulation.connector.requestedPaths()).to.have.members([...PATHS, "/data/b"]);
    expectInOrder(simulation, ended);
  });

  it("sends a batch that was refused once, not by repetition and by decision", async () => {
    const simulation = world();
    simulation.connector.transferAnswers.push({ status: "refused", retryAfterSeconds: 0 });
    const context = simulation.begin();
    await simulation.startSlice(context);
    simulation.deliver();
    await simulation.listSlice(context);
    simulation.objects.beforeWrite = (_, key) => {
      if (key.endsWith("root.json") && simulation.connector.transferRequests.length > 0) {
        throw new Error("killed");
      }
    };
    await simulation.syncSlice(context).catch(() => undefined);
    simulation.objects.beforeWrite = undefined;
    simulation.kill(context);
    simulation.services.clock.advance(60);
    const ended = await simulation.run();
    expect(simulation.connector.transferRequests).to.have.length(2);
    expectInOrder(simulation, ended);
  });

  it("sends what was in doubt and never came once, not by repetition and by decision", async () => {
    const simulation = world();
    simulation.connector.transferAnswers.push({ status: "unknown", message: "socket hang up" });
    const context = simulation.begin();
    await simulation.round(context);
    simulation.kill(context);
    const ended = await simulation.run();
    expect(simulation.connector.transferRequests).to.have.length(2);
    expectInOrder(simulation, ended);
  });

  it("tells, once, of a file that the dead run could not copy and that is gone meanwhile: nobody else has", async () => {
    const simulation = world();
    await dies(simulation);
    simulation.connector.failures.set("/data/b", [{ message: "Permission denied" }]);
    simulation.remote.remove("/data/b");
    const { report } = await simulation.run();
    expect(report.error?.name).to.equal("TransferIncomplete");
    expect(report.failures.map(({ path }) => path)).to.deep.equal(["/data/b"]);
    expect(report.files).to.deep.include({ seen: 3, failed: 1 });
    expect(accountedFor(report)).to.equal(3);
    expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
  });

  it("stops a Lambda that the dead execution left alive at its next commit", async () => {
    const simulation = world();
    const dead = await dies(simulation);
    const zombie = await loadWork(simulation.slice(dead));
    await simulation.startSlice(simulation.begin());
    const outcome = await zombie.commit().catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(SliceSuperseded);
  });

  it("stops a redriven execution of the dead run, in whichever state it goes on", async () => {
    const simulation = world();
    const dead = await dies(simulation);
    await simulation.startSlice(simulation.begin());
    expect(await simulation.startSlice(dead)).to.equal("SKIPPED");
    for (const slice of [simulation.listSlice(dead), simulation.syncSlice(dead)]) {
      expect(await slice.catch((error: unknown) => error)).to.be.instanceOf(SliceSuperseded);
    }
  });

  it("is not held up by a dead run whose work state another version of the code wrote", async () => {
    const simulation = world();
    const dead = await dies(simulation);
    simulation.objects.put(REPORTS, `${dead.prefix}root.json`, { text: JSON.stringify({ version: 0 }) });
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
  });

  it("is not held up by a dead run whose work state is damaged", async () => {
    const simulation = world();
    const dead = await dies(simulation);
    simulation.objects.put(REPORTS, `${dead.prefix}root.json`, { text: '{"version":1,' });
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
  });

  it("is not held up for ever by a dead run whose state has expired in part", async () => {
    const simulation = world();
    const dead = await dies(simulation);
    for (const key of simulation.objects.keys(REPORTS, `${dead.prefix}transfers/`)) {
      simulation.objects.delete(REPORTS, key);
    }
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
  });

  it("reconciles through a chain of runs that died before they had begun", async () => {
    const simulation = world();
    await dies(simulation);
    simulation.services.secrets.filled = false;
    for (let run = 0; run < 12; run += 1) {
      const context = simulation.begin();
      const error = await simulation.startSlice(context).catch((thrown: unknown) => thrown);
      expect(error).to.have.property("name", "CredentialsMissing");
      await simulation.finish({ context, skipped: false }, error instanceof Error ? error : undefined);
    }
    simulation.services.secrets.filled = true;
    simulation.connector.stuck.add("/data/c");
    const context = simulation.begin();
    await simulation.round(context);
    await simulation.round(context);
    expect(simulation.connector.requestedPaths()).to.deep.equal(PATHS);
  });

  it("leaves transfers in flight to the next real run when it is dry", async () => {
    const simulation = world();
    await dies(simulation);
    simulation.delivering.transfers = false;
    expect((await simulation.run({ dryRun: true })).report.status).to.equal("SUCCEEDED");
    simulation.delivering.transfers = true;
    await simulation.run();
    expect(simulation.connector.requestedPaths()).to.deep.equal(PATHS);
  });
});
