import { expect } from "chai";
import { loadWork } from "../../../engine/work/load";
import type { Work } from "../../../engine/work/work";
import { Simulation } from "../support/simulation";

type Context = ReturnType<Simulation["begin"]>;

/** `/data/000` and so on; everything is listed, nothing decided. The root folder is listed too. */
async function listed(simulation: Simulation, folders: number, filesEach: number): Promise<Context> {
  for (let index = 0; index < folders * filesEach; index += 1) {
    const folder = String(index % folders).padStart(3, "0");
    simulation.remote.put(`/data/${folder}/${Math.floor(index / folders)}`);
  }
  const context = simulation.begin();
  for (const expected of [1, folders + 1]) {
    await simulation.startSlice(context);
    simulation.deliver();
    await simulation.listSlice(context);
    expect((await state(simulation, context)).folders).to.have.length(expected);
  }
  return context;
}

async function state(simulation: Simulation, context: Context): Promise<Work> {
  return loadWork(simulation.slice(context));
}

describe("deciding", () => {
  /** Slices of five seconds, in which five folders can be decided. */
  async function slow(): Promise<{ simulation: Simulation; context: Context }> {
    const simulation = new Simulation({ timeouts: { slice: 5 }, connectorLimits: { listingsPerSecond: 100 } });
    const context = await listed(simulation, 20, 1);
    const { objects, services } = simulation;
    const read = objects.read.bind(objects);
    objects.read = async (bucket, key) => {
      services.clock.advance(key.includes("/listings/") ? 1 : 0);
      return read(bucket, key);
    };
    return { simulation, context };
  }

  it("leaves time to send what it has found", async () => {
    const { simulation, context } = await slow();
    await simulation.syncSlice(context);
    expect(simulation.connector.transferRequests).not.to.be.empty;
  });

  it("ends with the slice's time, and leaves the other folders in the queue", async () => {
    const { simulation, context } = await slow();
    expect((await simulation.syncSlice(context)).Status).to.equal("RUNNING");
    const { folders, root } = await state(simulation, context);
    expect(folders).to.have.length(21 - 5);
    expect(root.counters.seen, "the root folder has no files").to.equal(4);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files).to.include({ seen: 20, transferred: 20 });
  });

  it("stops when enough batches wait for the connector's queue", async () => {
    const simulation = new Simulation({ connectorLimits: { listingsPerSecond: 100, pendingFiles: 10 } });
    const context = await listed(simulation, 40, 100);
    simulation.delivering.transfers = false;
    await simulation.syncSlice(context);
    const first = await state(simulation, context);
    // A hundred batches come of ten folders; one batch is in the connector's queue.
    expect(first.folders).to.have.length(30);
    expect(first.batches).to.have.length(99);
    expect(first.root.counters.seen).to.equal(1000);
    for (let slice = 0; slice < 5; slice += 1) {
      await simulation.syncSlice(context);
    }
    const later = await state(simulation, context);
    expect(later.folders, "one more folder, since a batch had gone").to.have.length(29);
    expect(later.batches).to.have.length(109);
    expect(simulation.connector.transferRequests).to.have.length(1);
  });

  it("goes on as soon as batches have gone", async () => {
    const simulation = new Simulation({ connectorLimits: { listingsPerSecond: 100, pendingFiles: 500 } });
    const context = await listed(simulation, 40, 100);
    await simulation.syncSlice(context);
    expect((await state(simulation, context)).folders).to.have.length(30);
    simulation.deliver();
    await simulation.syncSlice(context);
    expect((await state(simulation, context)).folders).to.have.length(25);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files).to.include({ seen: 4000, transferred: 4000 });
  });
});
