import { expect } from "chai";
import { REPORTS, TARGET } from "./support/run-input";
import { accountedFor, Simulation } from "./support/simulation";

const KIBIBYTE = 1024;

/** Runs to the end, looking at the root between rounds. */
async function largestRoot(simulation: Simulation): Promise<number> {
  const context = simulation.begin();
  let largest = 0;
  let status = "RUNNING";
  while (status === "RUNNING") {
    status = await simulation.round(context);
    largest = Math.max(largest, simulation.objects.text(REPORTS, `${context.prefix}root.json`)?.length ?? 0);
  }
  const { report } = await simulation.finish({ context, skipped: false });
  expect(report.status).to.equal("SUCCEEDED");
  expect(accountedFor(report)).to.equal(report.files.seen);
  return largest;
}

describe("a large tree", function () {
  this.timeout(120_000);

  it("of 10,000 new files in one folder takes a thousand calls, and a few listings of the bucket", async () => {
    const simulation = new Simulation();
    for (let index = 0; index < 10_000; index += 1) {
      simulation.remote.put(`/data/${index}.csv`);
    }
    expect(await largestRoot(simulation)).to.be.below(32 * KIBIBYTE);
    expect(simulation.connector.transferRequests).to.have.length(1000);
    expect(simulation.ledgerPaths()).to.have.length(10_000);
    const heads = simulation.objects.requestsTo(TARGET).filter(({ operation }) => operation === "head");
    expect(heads.length, "many are listed, not asked for one by one").to.be.below(100);
  });

  it("of 3,000 folders is listed once each, with a root that stays small", async () => {
    const simulation = new Simulation({ connectorLimits: { listingsPerSecond: 10 } });
    for (let index = 0; index < 3000; index += 1) {
      simulation.remote.put(`/data/${index % 50}/${index}/file`);
    }
    expect(await largestRoot(simulation)).to.be.below(32 * KIBIBYTE);
    expect(simulation.connector.listingRequests).to.have.length(1 + 50 + 3000);
    expect(simulation.ledgerPaths()).to.have.length(3000);
  });

  it("that has not changed costs one listing and one ledger read a folder, and nothing of the target bucket", async () => {
    const simulation = new Simulation();
    for (let index = 0; index < 200; index += 1) {
      simulation.remote.put(`/data/${index % 20}/${index}`);
    }
    await largestRoot(simulation);
    const before = simulation.objects.requests.length;
    const listings = simulation.connector.listingRequests.length;
    await largestRoot(simulation);
    const requests = simulation.objects.requests.slice(before);
    expect(requests.filter(({ bucket }) => bucket === TARGET)).to.deep.equal([]);
    expect(simulation.connector.listingRequests.length - listings).to.equal(21);
    expect(requests.filter(({ key, operation }) => key.startsWith("ledger/") && operation === "read")).to.have.length(
      21,
    );
  });
});
