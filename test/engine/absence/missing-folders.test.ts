import { expect } from "chai";
import { PREFIX, TARGET } from "../support/run-input";
import { Simulation } from "../support/simulation";

const NOT_FOUND = { message: "No such file or directory" };

function world(): Simulation {
  const simulation = new Simulation();
  simulation.remote.put("/data/a");
  simulation.remote.put("/data/link/b");
  return simulation;
}

describe("a folder that its parent names and the server does not find", () => {
  it("has gone meanwhile the first time, and has failed from the second run on", async () => {
    const simulation = world();
    simulation.connector.failedListings.set("/data/link", NOT_FOUND);
    expect((await simulation.run()).report).to.deep.include({ status: "SUCCEEDED" });
    for (const _ of ["second", "third"]) {
      const { report } = await simulation.run();
      expect(report.error?.name).to.equal("ListingFailed");
      expect(report.failures[0]?.reason).to.match(/as in an earlier run/);
      expect(report.folders).to.deep.include({ failed: 1, missing: 0 });
    }
    simulation.connector.failedListings.clear();
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
  });

  it("may go again, once it was listed in between", async () => {
    const simulation = world();
    for (const _ of ["first", "second"]) {
      simulation.connector.failedListings.set("/data/link", NOT_FOUND);
      expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
      simulation.connector.failedListings.clear();
      expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
    }
  });

  it("is no failure for a dry run, which remembers nothing", async () => {
    const simulation = world();
    simulation.connector.failedListings.set("/data/link", NOT_FOUND);
    await simulation.run({ dryRun: true });
    expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
  });

  it("was gone: what comes after is held against S3", async () => {
    const simulation = world();
    await simulation.run();
    simulation.connector.failedListings.set("/data/link", NOT_FOUND);
    await simulation.run();
    simulation.connector.failedListings.clear();
    simulation.objects.delete(TARGET, `${PREFIX}/data/link/b`);
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
  });
});
