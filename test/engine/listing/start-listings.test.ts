import { expect } from "chai";
import { REPORTS } from "../support/run-input";
import { Simulation } from "../support/simulation";

function withFolders(count: number, simulation = new Simulation()): Simulation {
  for (let index = 0; index < count; index += 1) {
    simulation.remote.makeFolder(`/data/d${String(index).padStart(3, "0")}`);
  }
  return simulation;
}

/** The root's listing is in; its folders are on the frontier. */
async function frontierOf(count: number, simulation = new Simulation()) {
  withFolders(count, simulation);
  const context = simulation.begin();
  await simulation.startSlice(context);
  simulation.deliver();
  await simulation.listSlice(context);
  simulation.connector.listingRequests.length = 0;
  simulation.services.clock.advance(1);
  return { simulation, context };
}

describe("startListings", () => {
  it("always passes MaxItems, and where the listing goes", async () => {
    const simulation = withFolders(0, new Simulation({ connectorLimits: { maxListingItems: 1234 } }));
    simulation.remote.put("/data/x");
    const context = simulation.begin();
    await simulation.startSlice(context);
    const [request] = simulation.connector.listingRequests;
    expect(request).to.include({ connectorId: "c-1", folder: "/data", maxItems: 1234 });
    expect(request?.outputDirectory).to.match(new RegExp(`^/${REPORTS}/runs/acme/data/run-1/listings/[^/]+$`));
  });

  it("starts no more than the rate allows, for about ten seconds", async () => {
    const { simulation, context } = await frontierOf(100);
    const before = simulation.services.clock.now().getTime();
    await simulation.startSlice(context);
    expect(simulation.connector.listingRequests).to.have.length(30);
    expect(simulation.services.clock.now().getTime() - before).to.be.within(9_600, 10_400);
  });

  for (const [title, locks, listingsPerSecond, interval] of [
    ["61 syncs share the rate", 60, 3, 20.3],
    ["the rate is low", 0, 0.003, 333],
  ] as const) {
    it(`leaves the wait for the next listing to the loop where ${title}`, async () => {
      const simulation = new Simulation({ connectorLimits: { listingsPerSecond } });
      for (let lock = 0; lock < locks; lock += 1) {
        simulation.objects.put(REPORTS, `locks/acme/other-${lock}`, { text: "{}" });
      }
      withFolders(3, simulation);
      const { connector, services } = simulation;
      const works = connector.startListing.bind(connector);
      const times: number[] = [];
      connector.startListing = (request) => {
        times.push(services.clock.now().getTime() / 1000);
        return works(request);
      };
      const slept: number[] = [];
      services.clock.sleep = async (milliseconds) => {
        slept.push(milliseconds);
      };
      const { report } = await simulation.run();
      expect(report.folders.listed).to.equal(4);
      expect(slept.every((milliseconds) => milliseconds === 0)).to.equal(true);
      const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      // The loop waits whole seconds, a minute at most.
      expect(pauses.every((pause) => pause >= interval && pause < interval + 2)).to.equal(true, pauses.join(", "));
    });
  }

  it("does not sleep beyond the end of its slice", async () => {
    const { simulation, context } = await frontierOf(20, new Simulation({ timeouts: { slice: 2 } }));
    const slice = simulation.slice(context);
    await simulation.startSlice(context);
    expect(simulation.services.clock.now()).to.be.below(slice.until);
    expect(simulation.connector.listingRequests).to.have.length.within(5, 6);
  });

  it("shares the rate with other runs on the connector", async () => {
    const { simulation, context } = await frontierOf(100);
    simulation.objects.put(REPORTS, "locks/acme/other", { text: "{}" });
    simulation.objects.put(REPORTS, "locks/acme-2/foreign", { text: "{}" });
    await simulation.startSlice(context);
    expect(simulation.connector.listingRequests).to.have.length(15);
  });

  it("stops at a refusal, waits, and loses no folder", async () => {
    const { simulation, context } = await frontierOf(20);
    simulation.connector.listingAnswers.push(undefined, { status: "refused", retryAfterSeconds: 30 });
    await simulation.startSlice(context);
    expect(simulation.connector.listingRequests).to.have.length(2);
    await simulation.startSlice(context);
    expect(simulation.connector.listingRequests).to.have.length(2);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.folders.listed).to.equal(21);
  });

  it("lists again where the answer was lost", async () => {
    const { simulation, context } = await frontierOf(3);
    simulation.connector.listingAnswers.push({ status: "unknown", message: "socket hang up" });
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.folders.listed).to.equal(4);
    expect(simulation.connector.listingRequests).to.have.length(4);
  });

  it("gives up a folder whose listing is never answered, after as long as for one that never arrives", async () => {
    const simulation = withFolders(3, new Simulation({ timeouts: { listing: 600 } }));
    const { connector } = simulation;
    const works = connector.startListing.bind(connector);
    connector.startListing = async (request) =>
      request.folder === "/data/d001" ? { status: "unknown", message: "InternalServiceError" } : works(request);
    const { report } = await simulation.run();
    expect(report.error?.name).to.equal("ListingFailed");
    expect(report.failures[0]?.reason).to.contain("within 600 seconds").and.contain("InternalServiceError");
    expect(report.folders).to.deep.equal({ listed: 3, failed: 1, missing: 0, truncated: 0, spared: 0 });
    expect(report.seconds).to.be.within(600, 700);
  });

  it("makes a rejected call that folder's failure", async () => {
    const { simulation, context } = await frontierOf(3);
    simulation.connector.listingAnswers.push({ status: "rejected", name: "ValidationException", message: "bad path" });
    const { report, outcome } = await simulation.finish(await simulation.pump(context));
    expect(outcome.Error?.Name).to.equal("ListingFailed");
    expect(report.folders).to.deep.equal({ listed: 3, failed: 1, missing: 0, truncated: 0, spared: 0 });
    expect(report.failures[0]?.reason).to.equal("ListingFailed: ValidationException: bad path");
  });

  it("keeps a bounded number of listings waiting", async () => {
    const { simulation, context } = await frontierOf(500);
    simulation.delivering.listings = false;
    for (let round = 0; round < 12; round += 1) {
      await simulation.round(context);
    }
    expect(simulation.connector.listingRequests).to.have.length(200);
    simulation.delivering.listings = true;
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.folders.listed).to.equal(501);
  });
});
