import { expect } from "chai";
import type { FileResult } from "../../../engine/ports/services";
import { RESULT_PATHS } from "../../../local/faults/result-paths";
import { Simulation } from "../support/simulation";
import { withFiles } from "../support/with-files";

const DONE = { seen: 12, transferred: 12, failed: 0, unfinished: 0, skipped: {} };

/** A run over twelve files, of which one has to be sent twice, with a connector that tells results in its own way. */
async function runTelling(telling: (result: FileResult) => FileResult[]) {
  const simulation = withFiles(12, new Simulation({ timeouts: { transfer: 3600 } }));
  simulation.connector.telling = telling;
  simulation.connector.failures.set("/data/f0003", [{ code: "CONNECTION_LOST" }]);
  const { report } = await simulation.run();
  return { simulation, report };
}

describe("the results of transfers", () => {
  for (const [form, write] of Object.entries(RESULT_PATHS)) {
    const warns = ["name", "target", "unrelated"].includes(form);
    it(`are understood with paths in the form "${form}", and ${warns ? "warned of once" : "without a warning"}`, async () => {
      const { simulation, report } = await runTelling((result) => [{ ...result, path: write(result.path) }]);
      expect(report.status).to.equal("SUCCEEDED");
      expect(report.files).to.deep.equal(DONE);
      expect(report.warnings).to.have.length(warns ? 1 : 0);
      expect(simulation.ledgerPaths()).to.have.length(12);
    });
  }

  it("name failed files as they were asked for, however the connector writes them", async () => {
    const simulation = withFiles(3);
    simulation.connector.telling = (result) => [{ ...result, path: RESULT_PATHS.name(result.path) }];
    simulation.connector.failures.set("/data/f0001", [{ code: "PERMISSION_DENIED" }]);
    const { report } = await simulation.run();
    expect(report.failures.map(({ path }) => path)).to.deep.equal(["/data/f0001"]);
    expect(report.warnings).to.deep.equal([
      'The connector names transferred files otherwise than they were asked for, such as "f0000" for "/data/f0000"',
    ]);
  });

  it("that say completed in a word of their own are left to S3, and warned of", async () => {
    const { report } = await runTelling((result) => [
      { ...result, status: result.status === "COMPLETED" ? "UNKNOWN" : result.status },
    ]);
    expect(report.files).to.deep.equal(DONE);
    expect(report.warnings).to.have.length(1);
    expect(report.warnings[0]).to.include("status");
  });

  it("that lack a file are made up for by S3", async () => {
    const { report } = await runTelling((result) => (result.path.endsWith("5") ? [] : [result]));
    expect(report.files).to.deep.equal(DONE);
    expect(report.seconds).to.be.below(600);
  });

  it("that lack a file are made up for by S3 where another size has arrived, too", async () => {
    const simulation = withFiles(2);
    simulation.connector.telling = () => [];
    simulation.connector.arrivingSizes.set("/data/f0001", 7);
    const { report } = await simulation.run();
    expect(report.files.skipped).to.deep.equal({ "changed-during-transfer": 1 });
    expect(report.files.transferred).to.equal(1);
  });

  it("that have files twice count them once", async () => {
    const { report } = await runTelling((result) => [result, { ...result, status: "IN_PROGRESS" }]);
    expect(report.files).to.deep.equal(DONE);
  });

  it("that never come are no failure of files that have arrived", async () => {
    const { report } = await runTelling((result) => [{ ...result, status: "IN_PROGRESS" }]);
    expect(report.files).to.deep.include({ transferred: 11, failed: 1 });
    expect(report.failures).to.have.length(1);
    expect(report.failures[0]?.path).to.equal("/data/f0003");
  });

  it("of a file that is told nothing of and does not arrive fail when their time is over", async () => {
    const simulation = withFiles(2, new Simulation({ timeouts: { transfer: 3600 } }));
    simulation.connector.stuck.add("/data/f0001");
    simulation.connector.telling = (result) => (result.path === "/data/f0001" ? [] : [result]);
    const { report } = await simulation.run();
    expect(report.failures.map(({ path, reason }) => [path, reason])).to.deep.equal([
      ["/data/f0001", "TransferFailed: TRANSFER_TIMED_OUT: no result in 3600 seconds"],
    ]);
    expect(report.seconds).to.be.above(3600);
  });
});
