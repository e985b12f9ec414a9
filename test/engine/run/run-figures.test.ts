import { expect } from "chai";
import { RUN_METRICS } from "../../../contract/run-metrics";
import { runFigures } from "../../../engine/run/run-figures";
import { Simulation } from "../support/simulation";

async function reportOf(options: Parameters<Simulation["run"]>[0] = {}, failing = false) {
  const simulation = new Simulation();
  simulation.remote.put("/data/a");
  simulation.remote.put("/data/b");
  if (failing) {
    simulation.connector.failures.set("/data/b", [{ message: "Permission denied" }]);
  }
  return (await simulation.run(options)).report;
}

const byName = (figures: ReturnType<typeof runFigures>) =>
  Object.fromEntries(figures.map(({ name, value }) => [name, value]));

describe("runFigures", () => {
  it("counts a run that succeeded, and says that it did not fail", async () => {
    const report = await reportOf();
    expect(byName(runFigures(report))).to.deep.equal({
      RunsSucceeded: 1,
      RunsFailed: 0,
      FilesTransferred: 2,
      FilesFailed: 0,
      BytesTransferred: report.bytes,
    });
    expect(report.bytes).to.be.above(0);
  });

  it("counts a run that failed, with what was transferred all the same", async () => {
    expect(byName(runFigures(await reportOf({}, true)))).to.include({
      RunsSucceeded: 0,
      RunsFailed: 1,
      FilesTransferred: 1,
      FilesFailed: 1,
    });
  });

  it("tells every metric there is, each time", async () => {
    const figures = byName(runFigures(await reportOf()));
    expect(Object.keys(figures)).to.have.members(Object.keys(RUN_METRICS));
  });

  it("does not take a dry run for the success that was due", async () => {
    const report = await reportOf({ dryRun: true });
    expect(report.status).to.equal("SUCCEEDED");
    expect(runFigures(report)).to.deep.equal([]);
  });

  it("leaves a skipped run to the one that is at work", async () => {
    const report = await reportOf();
    expect(runFigures({ ...report, status: "SKIPPED" })).to.deep.equal([]);
  });
});
