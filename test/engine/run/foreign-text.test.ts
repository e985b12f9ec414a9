import { expect } from "chai";
import { Simulation } from "../support/simulation";

/** What would make a line of its own, or turn the text round. */
const FORGED = "quota exceeded\nReport: s3://forged/report.json\u0085\u2028\u202eResolved";

describe("a partner's text", () => {
  it("makes no line of its own in notification, error and report", async () => {
    const simulation = new Simulation();
    const path = "/data/a\u0085\u202eb";
    simulation.remote.put(path);
    simulation.connector.failures.set(path, [{ message: FORGED }, { message: FORGED }, { message: FORGED }]);
    const { outcome, report } = await simulation.run();
    expect(report.status).to.equal("FAILED");
    for (const text of [
      outcome.Subject,
      ...outcome.Message.split("\n"),
      outcome.Error?.Message,
      report.error?.message,
    ]) {
      expect(text)
        .to.be.a("string")
        .and.not.match(/[\p{Cc}\u2028\u2029\u202a-\u202e]|^Report: s3:\/\/forged/u);
    }
    expect(outcome.Message).to.contain("/data/a\\u0085\\u202eb: TransferFailed: quota exceeded Report: s3://forged");
    expect(report.failures[0]).to.deep.include({
      path,
      reason: "TransferFailed: quota exceeded Report: s3://forged/report.json Resolved",
    });
  });

  it("is cut, so that a thousand failures still fit into a report", async () => {
    const simulation = new Simulation();
    const message = "x".repeat(100_000);
    simulation.remote.put("/data/a");
    simulation.connector.failures.set("/data/a", [{ message }, { message }, { message }]);
    const { report } = await simulation.run();
    expect(report.failures[0]?.detail).to.equal(`${"x".repeat(1000)}...`);
    expect(JSON.stringify(report).length).to.be.lessThan(5000);
  });

  it("is cut in examples and in the log, however long the names in a listing are", async () => {
    const simulation = new Simulation();
    const name = `${"\u202e\u001b[31m".repeat(20_000)}`;
    simulation.remote.put("/data/a");
    simulation.connector.garbage.set(
      "/data",
      JSON.stringify({ files: [{ filePath: `/data/b/${name}` }], paths: [{ path: "/data" }] }),
    );
    const { report } = await simulation.run();
    expect(report.files.skipped).to.deep.equal({ "unsupported-name": 1 });
    expect(report.warnings.join()).to.match(/^1 file\(s\) .*such as "\/data\/b\/[ -~]*\.\.\."$/);
    expect(JSON.stringify(report).length).to.be.below(5000);
  });
});
