import { expect } from "chai";
import { MAX_ATTEMPTS } from "../../../engine/transfers/batches";
import type { RemoteFailure } from "../../../simulation/remote-failure";
import { Simulation } from "../support/simulation";

const LOST: RemoteFailure = { code: "CONNECTION_ERROR", message: "Connection refused" };

/** Folders below `/data` with a file each. */
function withFolders(names: readonly string[], limits = {}): Simulation {
  const simulation = new Simulation(limits);
  for (const name of names) {
    simulation.remote.put(`/data/${name}/x`);
  }
  return simulation;
}

/** When a folder was asked for, in seconds from the first time. */
function askedAt({ connector, services }: Simulation, folder: string): number[] {
  const works = connector.startListing.bind(connector);
  const times: number[] = [];
  connector.startListing = (request) => {
    if (request.folder === folder) {
      times.push(services.clock.now().getTime() / 1000);
    }
    return works(request);
  };
  return times;
}

describe("a listing that failed", () => {
  it("is tried again: a server that is away for a moment costs no folder", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `d${index}`);
    const simulation = withFolders(names);
    for (const name of names) {
      simulation.connector.listingFailures.set(`/data/${name}`, [LOST, LOST]);
    }
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.folders).to.include({ listed: 41, failed: 0 });
    expect(report.files).to.include({ seen: 40, transferred: 40 });
    expect(simulation.connector.listingRequests).to.have.length(1 + 3 * names.length);
  });

  it("is tried as often as a file is sent, after pauses that grow, and then has failed", async () => {
    const simulation = withFolders(["a"], { timeouts: { listingPause: 20 } });
    simulation.connector.failedListings.set("/data/a", LOST);
    const times = askedAt(simulation, "/data/a");
    const { report } = await simulation.run();
    expect(report.failures).to.have.length(1);
    expect(report.failures[0]).to.include({ path: "/data/a", error: "ListingFailed", kind: "connection" });
    expect(times).to.have.length(MAX_ATTEMPTS);
    const [first = 0, second = 0, third = 0] = times;
    expect(second - first).to.be.within(20, 35);
    expect(third - second).to.be.within(60, 75);
  });

  it("does not keep other folders, nor their files, waiting", async () => {
    const simulation = withFolders(["a", "b", "b/c", "b/c/d"], { timeouts: { listingPause: 600 } });
    simulation.connector.listingFailures.set("/data/a", [LOST]);
    const context = simulation.begin();
    for (let round = 0; round < 10; round += 1) {
      await simulation.round(context);
    }
    expect(simulation.ledgerPaths()).to.have.members(["/data/b/x", "/data/b/c/x", "/data/b/c/d/x"]);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files.transferred).to.equal(4);
  });

  it("is not waited for beyond the run's deadline", async () => {
    const simulation = withFolders(["a"], { timeouts: { listingPause: 600, run: 100 } });
    simulation.connector.failedListings.set("/data/a", LOST);
    const { report } = await simulation.run();
    expect(report.error?.name).to.equal("RunTimedOut");
    expect(report.seconds).to.be.within(100, 200);
  });

  for (const [title, failure, error] of [
    ["for a permission", { message: "Permission denied" }, "ListingFailed"],
    ["since the sync's folder is not there", { message: "No such file" }, "RemoteFolderMissing"],
  ] as const) {
    it(`${title} is not tried again`, async () => {
      const simulation = withFolders(["a"]);
      simulation.connector.failedListings.set("/data", failure);
      const { report } = await simulation.run();
      expect(report.error?.name).to.equal(error);
      expect(simulation.connector.listingRequests).to.have.length(1);
    });
  }

  it("is tried again where nothing was heard of it", async () => {
    const simulation = withFolders(["a", "b"], { timeouts: { listing: 600, listingPause: 20 } });
    simulation.connector.silentListings.add("/data/a");
    const times = askedAt(simulation, "/data/a");
    const context = simulation.begin();
    for (let round = 0; round < 100 && times.length < 2; round += 1) {
      await simulation.round(context);
    }
    expect(times).to.have.length(2);
    // Now both listings arrive, the first of them late.
    simulation.connector.silentListings.clear();
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.folders).to.include({ listed: 3, failed: 0, missing: 0 });
    expect(report.files).to.include({ seen: 2, transferred: 2 });
    expect(simulation.connector.requestedPaths()).to.have.members(["/data/a/x", "/data/b/x"]);
  });

  it("counts as silent from when the run's transfers have ended: listings may wait behind them", async () => {
    // The first answer may take ten seconds.
    const simulation = withFolders(["a", "b"], { timeouts: { listing: 60, listingPause: 1, transfer: 45_000 } });
    const { connector, services } = simulation;
    connector.silentListings.add("/data/a");
    connector.stuck.add("/data/b/x");
    const times = askedAt(simulation, "/data/a");
    const context = simulation.begin();
    for (let round = 0; round < 20; round += 1) {
      await simulation.round(context);
      services.clock.advance(20);
    }
    expect(times).to.have.length(1);
    connector.stuck.clear();
    simulation.deliver();
    await simulation.syncSlice(context);
    const listAgainAfter = async (seconds: number) => {
      services.clock.advance(seconds);
      await simulation.listSlice(context);
      services.clock.advance(2);
      await simulation.startSlice(context);
    };
    await listAgainAfter(5);
    expect(times).to.have.length(1);
    await listAgainAfter(10);
    expect(times).to.have.length(2);
    connector.silentListings.clear();
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.folders).to.include({ listed: 3, failed: 0 });
  });

  it("counts as silent in a dry run, whatever an earlier run has left in flight", async () => {
    const simulation = withFolders(["a", "b"], { timeouts: { listing: 600 } });
    simulation.connector.stuck.add("/data/a/x");
    const killed = simulation.begin();
    for (let round = 0; round < 4; round += 1) {
      await simulation.round(killed);
    }
    simulation.kill(killed);
    simulation.connector.silentListings.add("/data/b");
    const { report } = await simulation.run({ dryRun: true });
    expect(report.error?.name).to.equal("ListingTimedOut");
    expect(report.seconds).to.be.within(600, 600 + 200);
  });
});
