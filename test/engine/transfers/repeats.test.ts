import { expect } from "chai";
import { SliceSuperseded } from "../../../engine/errors";
import { syncSlice } from "../../../engine/run/sync-slice";
import { loadWork } from "../../../engine/work/load";
import { errorOf } from "../../support/errors";
import { accountedFor, Simulation } from "../support/simulation";

const PATHS = Array.from({ length: 130 }, (_, index) => `/data/f${String(index).padStart(3, "0")}`);

/** Listed and not yet decided. */
async function listed(simulation = new Simulation()) {
  for (const path of PATHS) {
    simulation.remote.put(path);
  }
  const context = simulation.begin();
  await simulation.startSlice(context);
  simulation.deliver();
  await simulation.listSlice(context);
  return { simulation, context };
}

async function settled(actions: Promise<unknown>[]): Promise<unknown[]> {
  const results = await Promise.allSettled(actions);
  return results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
}

describe("a slice that runs twice at the same time", () => {
  it("starts every transfer once: the other copy stops at the fence", async () => {
    const { simulation, context } = await listed();
    const errors = await settled([simulation.syncSlice(context), simulation.syncSlice(context)]);
    expect(errors).to.have.length(1);
    expect(errors[0]).to.be.instanceOf(SliceSuperseded);
    expect(simulation.connector.requestedPaths()).to.have.members(PATHS);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(accountedFor(report)).to.equal(report.files.seen);
    expect(simulation.connector.requestedPaths()).to.have.length(PATHS.length);
  });

  it("starts every listing once", async () => {
    const simulation = new Simulation();
    for (const name of ["a", "b", "c"]) {
      simulation.remote.makeFolder(`/data/${name}`);
    }
    const context = simulation.begin();
    await settled([simulation.startSlice(context), simulation.startSlice(context)]);
    simulation.deliver();
    await settled([simulation.listSlice(context), simulation.listSlice(context)]);
    await settled([simulation.startSlice(context), simulation.startSlice(context)]);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(simulation.connector.listingRequests).to.have.length(4);
    expect(report.folders.listed).to.equal(4);
  });

  it("as a zombie of an earlier round starts nothing", async () => {
    const { simulation, context } = await listed();
    const zombie = await loadWork(simulation.slice(context));
    await simulation.syncSlice(context);
    const outcome = await syncSlice(simulation.slice(context), zombie).catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(SliceSuperseded);
    expect(simulation.connector.requestedPaths()).to.have.length(PATHS.length);
  });

  it("comes to nothing once its run has ended, even with work left", async () => {
    const { simulation, context } = await listed();
    await simulation.finish({ context, skipped: false }, new Error("a slice failed"));
    for (const slice of [simulation.syncSlice(context), simulation.listSlice(context)]) {
      expect(await errorOf(slice)).to.be.instanceOf(SliceSuperseded);
    }
    expect(await simulation.startSlice(context)).to.equal("SKIPPED");
    expect(simulation.connector.transferRequests).to.deep.equal([]);
    expect(simulation.connector.listingRequests).to.have.length(1);
  });
});

describe("a slice", () => {
  it("writes in proportion to what it does: an idle round writes one object", async () => {
    const { simulation, context } = await listed();
    simulation.delivering.transfers = false;
    await simulation.round(context);
    const before = simulation.objects.writes;
    await simulation.round(context);
    expect(simulation.objects.writes - before).to.equal(1);
  });

  it("waits longer while nothing moves, never longer than its limit", async () => {
    const { simulation, context } = await listed();
    simulation.delivering.transfers = false;
    const waits: number[] = [];
    for (let slice = 0; slice < 8; slice += 1) {
      waits.push((await simulation.syncSlice(context)).WaitSeconds);
    }
    expect(waits).to.deep.equal([...waits].sort((a, b) => a - b));
    expect(Math.min(...waits)).to.be.at.least(1);
    expect(Math.max(...waits)).to.equal(60);
  });

  it("waits for listings no longer than ten seconds", async () => {
    const simulation = new Simulation();
    simulation.delivering.listings = false;
    const context = simulation.begin();
    await simulation.startSlice(context);
    const waits: number[] = [];
    for (let slice = 0; slice < 6; slice += 1) {
      waits.push((await simulation.syncSlice(context)).WaitSeconds);
    }
    expect(Math.max(...waits)).to.equal(10);
  });

  it("stops in its time, and the next one goes on", async () => {
    const simulation = new Simulation({ timeouts: { slice: 1 } });
    const { context } = await listed(simulation);
    const start = simulation.connector.startTransfer.bind(simulation.connector);
    simulation.connector.startTransfer = async (request) => {
      simulation.services.clock.advance(1);
      return start(request);
    };
    const { Status } = await simulation.syncSlice(context);
    expect(Status).to.equal("RUNNING");
    expect(simulation.connector.transferRequests).to.have.length(1);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files.transferred).to.equal(PATHS.length);
  });

  it("gets on where writing down what it is about to do takes all of its time", async () => {
    const simulation = new Simulation({ timeouts: { slice: 1 } });
    const { context } = await listed(simulation);
    simulation.objects.beforeWrite = (_, key) => {
      if (key.includes("/transfers/")) {
        simulation.services.clock.advance(1);
      }
    };
    await simulation.syncSlice(context);
    expect(simulation.connector.transferRequests).to.have.length(1);
  });
});
