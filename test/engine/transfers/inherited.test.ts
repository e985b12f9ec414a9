import { expect } from "chai";
import { REPORTS, type RunOptions, TARGET } from "../support/run-input";
import { Simulation } from "../support/simulation";

const OTHER = "in/other";
const LATER = "2026-03-01T00:00:00Z";

/** A run that died with `/data/a` in flight, whose transfer has completed since. */
async function died(simulation: Simulation): Promise<void> {
  simulation.remote.put("/data/a", { size: 10, modified: LATER });
  simulation.delivering.transfers = false;
  const context = simulation.begin();
  await simulation.round(context);
  expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/a"]);
  simulation.kill(context);
  simulation.delivering.transfers = true;
  simulation.deliver();
}

/** The next run takes over and reads the results of what it inherited; it has listed nothing yet. */
async function reconciled(simulation: Simulation, options: RunOptions = {}) {
  const context = simulation.begin(options);
  await simulation.startSlice(context);
  simulation.objects.requests.length = 0;
  await simulation.syncSlice(context);
  return context;
}

function ledgerWrites({ objects }: Simulation) {
  return objects.requestsTo(REPORTS).filter(({ operation, key }) => operation === "write" && key.startsWith("ledger/"));
}

describe("an inherited transfer", () => {
  it("to this destination is taken into its ledger", async () => {
    const simulation = new Simulation();
    await died(simulation);
    await reconciled(simulation);
    expect(simulation.ledgerPaths()).to.deep.equal(["/data/a"]);
    expect(ledgerWrites(simulation)).to.have.length(1);
  });

  it("to another prefix of the bucket is not taken for one to this, where objects may be missing", async () => {
    const simulation = new Simulation();
    await died(simulation);
    const before = simulation.ledgerKeys();
    const context = await reconciled(simulation, { prefix: OTHER, missingObject: "accept" });
    expect(simulation.ledgerKeys()).to.deep.equal(before);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files).to.deep.include({ transferred: 1, skipped: {} });
    expect(simulation.objects.keys(TARGET, OTHER)).to.deep.equal([`${OTHER}/data/a`]);
  });

  it("to another prefix of the bucket is not taken for one to this, where an old object of that size lies", async () => {
    const simulation = new Simulation();
    await died(simulation);
    const lastModified = new Date("2026-02-01T00:00:00Z");
    simulation.objects.put(TARGET, `${OTHER}/data/a`, { size: 10, lastModified });
    const before = simulation.ledgerKeys();
    const context = await reconciled(simulation, { prefix: OTHER });
    expect(simulation.ledgerKeys()).to.deep.equal(before);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files).to.deep.include({ transferred: 1, skipped: {} });
    expect(simulation.objects.peek(TARGET, `${OTHER}/data/a`)?.lastModified).to.be.above(lastModified);
  });

  it("to another prefix of the bucket is not looked for under this one, nor waited for", async () => {
    const simulation = new Simulation();
    await died(simulation);
    await reconciled(simulation, { prefix: OTHER });
    expect(simulation.objects.requestsTo(TARGET)).to.deep.equal([]);
    expect(simulation.connector.resultRequests).to.deep.equal([]);
  });

  it("that completed without an object is not known, and comes again", async () => {
    const simulation = new Simulation();
    simulation.connector.lost.add("/data/a");
    await died(simulation);
    const context = await reconciled(simulation);
    expect(simulation.ledgerPaths()).to.deep.equal([]);
    simulation.connector.lost.clear();
    simulation.connector.arrivingSizes.clear();
    expect((await simulation.finish(await simulation.pump(context))).report.files).to.deep.include({ transferred: 1 });
  });

  it("that completed in another size than listed is not known, and comes again", async () => {
    const simulation = new Simulation();
    simulation.connector.arrivingSizes.set("/data/a", 4);
    await died(simulation);
    const context = await reconciled(simulation);
    expect(simulation.ledgerPaths()).to.deep.equal([]);
    simulation.connector.lost.clear();
    simulation.connector.arrivingSizes.clear();
    expect((await simulation.finish(await simulation.pump(context))).report.files).to.deep.include({ transferred: 1 });
  });
});
