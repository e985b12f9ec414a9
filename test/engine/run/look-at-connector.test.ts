import { expect } from "chai";
import { BackPressure } from "../../../engine/ports/errors";
import type { StartOutcome } from "../../../engine/ports/services";
import { REPORTS } from "../support/run-input";
import { Simulation } from "../support/simulation";

const NOT_READY: StartOutcome = { status: "not-ready" };

function setUp(limits: ConstructorParameters<typeof Simulation>[0] = {}): Simulation {
  const simulation = new Simulation(limits);
  simulation.remote.put("/data/a");
  return simulation;
}

describe("a run whose connector is not ready", () => {
  it("asks nothing else of it and waits outside of the functions, then copies", async () => {
    const simulation = setUp();
    const { connector, services } = simulation;
    connector.readiness.push("pending", "pending");
    const before = services.clock.now().getTime();
    const context = simulation.begin();
    await simulation.startSlice(context);
    await simulation.listSlice(context);
    const { WaitSeconds } = await simulation.syncSlice(context);
    expect(services.clock.now().getTime()).to.equal(before);
    // The longest pause after a refusal, and half of it by chance.
    expect(WaitSeconds).to.equal(15);
    expect(connector.listingRequests).to.deep.equal([]);
    services.clock.advance(WaitSeconds);
    await simulation.round(context);
    expect(connector.listingRequests).to.deep.equal([]);
    expect(connector.descriptions).to.equal(2);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report).to.deep.include({ status: "SUCCEEDED", warnings: [] });
    expect(report.files.transferred).to.equal(1);
    expect(connector.descriptions).to.equal(3);
  });

  it("starts no listing in a slice in which the pause ends, before it has looked again", async () => {
    const simulation = setUp();
    simulation.connector.readiness.push("pending", "pending");
    const context = simulation.begin();
    await simulation.startSlice(context);
    simulation.services.clock.advance(14.5);
    await simulation.startSlice(context);
    expect(simulation.connector.descriptions).to.equal(1);
    expect(simulation.connector.listingRequests).to.deep.equal([]);
  });

  it("does not ask for results of transfers that it took over either", async () => {
    const simulation = setUp();
    const { connector } = simulation;
    simulation.delivering.transfers = false;
    const first = simulation.begin();
    await simulation.round(first);
    await simulation.round(first);
    simulation.kill(first);
    const asked = connector.resultRequests.length;
    connector.readiness.push("pending");
    const second = simulation.begin();
    await simulation.round(second);
    expect(connector.resultRequests).to.have.length(asked);
    simulation.delivering.transfers = true;
    const { report } = await simulation.finish(await simulation.pump(second));
    expect(report.status).to.equal("SUCCEEDED");
    expect(connector.requestedPaths()).to.deep.equal(["/data/a"]);
  });

  it("ends as ConnectorNotReady after timeouts.connector, tells so, and gives the lock back", async () => {
    const simulation = setUp({ timeouts: { connector: 600 } });
    const { connector, services } = simulation;
    connector.readiness.push(...Array<"pending">(100).fill("pending"));
    const before = services.clock.now().getTime();
    const { outcome, report } = await simulation.run();
    expect(report.error?.name).to.equal("ConnectorNotReady");
    expect(report.error?.message).to.include("600 seconds").and.include("pending: no route");
    expect(outcome.Subject).to.include("ConnectorNotReady");
    expect(outcome.Message).to.include("What to do: Read its ErrorMessage");
    expect((services.clock.now().getTime() - before) / 1000).to.be.within(600, 600 + 20);
    expect(connector.listingRequests).to.deep.equal([]);
    expect(simulation.objects.keys(REPORTS, "locks/")).to.deep.equal([]);
  });

  it("ends at once where it can't become ready", async () => {
    const simulation = setUp();
    simulation.connector.readiness.push("errored");
    const before = simulation.services.clock.now().getTime();
    const { report } = await simulation.run();
    expect(report.error?.name).to.equal("ConnectorNotReady");
    expect(report.error?.message).to.include("errored: no route");
    expect(simulation.services.clock.now().getTime()).to.equal(before);
    expect(simulation.connector.listingRequests).to.deep.equal([]);
  });

  it("waits on where the service wants to be asked later, and not for ever", async () => {
    const simulation = setUp({ timeouts: { connector: 600 } });
    const { connector } = simulation;
    connector.readiness.push("pending");
    const context = simulation.begin();
    await simulation.round(context);
    connector.describe = async () => {
      throw new BackPressure("Rate exceeded");
    };
    await simulation.round(context);
    expect(connector.listingRequests).to.deep.equal([]);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.error?.name).to.equal("ConnectorNotReady");
    expect(report.error?.message).to.include("could not be read");
  });

  it("warns of another concurrency once it is ready", async () => {
    const simulation = setUp();
    simulation.connector.readiness.push("pending");
    simulation.connector.concurrentConnections = 2;
    const { report } = await simulation.run();
    expect(report.warnings.join()).to.include("MaxConcurrentConnections 2");
  });

  for (const call of ["listingAnswers", "transferAnswers"] as const) {
    describe(`while it is at work (${call})`, () => {
      it("waits for it, and loses nothing", async () => {
        const simulation = setUp();
        const { connector } = simulation;
        connector[call].push(NOT_READY);
        connector.readiness.push("ready", "pending");
        const { report } = await simulation.run();
        expect(report).to.deep.include({ status: "SUCCEEDED", failures: [], warnings: [] });
        expect(report.files).to.include({ seen: 1, transferred: 1 });
        expect(connector.descriptions).to.equal(3);
      });

      it("ends in order where it can't become ready any more", async () => {
        const simulation = setUp();
        const { connector } = simulation;
        connector[call].push(NOT_READY);
        connector.readiness.push("ready", "errored");
        const { report } = await simulation.run();
        expect(report.error?.name).to.equal("ConnectorNotReady");
        expect(report.files.failed).to.equal(0);
        expect((await simulation.run()).report).to.have.nested.property("files.transferred", 1);
      });
    });
  }
});

describe("a run whose connector is ready", () => {
  it("looks at it once, in its first slice", async () => {
    const simulation = setUp();
    simulation.remote.put("/data/sub/b");
    const { report } = await simulation.run();
    expect(report.files.transferred).to.equal(2);
    expect(simulation.connector.descriptions).to.equal(1);
  });
});
