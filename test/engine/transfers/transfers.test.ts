import { expect } from "chai";
import { BackPressure } from "../../../engine/ports/errors";
import { PREFIX, TARGET } from "../support/run-input";
import { accountedFor, Simulation } from "../support/simulation";
import { withFiles } from "../support/with-files";

const REFUSED = { status: "refused", retryAfterSeconds: 5 } as const;
const REJECTED = { status: "rejected", name: "InvalidRequestException", message: "no" } as const;

describe("transfers", () => {
  it("go out in batches of ten per folder, into that folder's directory", async () => {
    const simulation = withFiles(25);
    simulation.remote.put("/data/sub/x");
    await simulation.run();
    expect(simulation.connector.transferRequests.map(({ paths }) => paths.length)).to.deep.equal([10, 10, 5, 1]);
    expect(simulation.connector.transferRequests.map(({ destination }) => destination)).to.deep.equal([
      ...Array(3).fill(`/${TARGET}/${PREFIX}/data`),
      `/${TARGET}/${PREFIX}/data/sub`,
    ]);
    expect(new Set(simulation.connector.requestedPaths()).size).to.equal(26);
  });

  it("never offer more than the queue has room for", async () => {
    const simulation = withFiles(95, new Simulation({ connectorLimits: { pendingFiles: 30 } }));
    simulation.delivering.transfers = false;
    const context = simulation.begin();
    await simulation.round(context);
    await simulation.round(context);
    expect(simulation.connector.requestedPaths()).to.have.length(30);
    simulation.delivering.transfers = true;
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.files.transferred).to.equal(95);
    expect(simulation.connector.transferRequests).to.have.length(10);
  });

  it("share the queue with other runs on the connector", async () => {
    const simulation = withFiles(95, new Simulation({ connectorLimits: { pendingFiles: 60 } }));
    simulation.objects.put("list-results", "locks/acme/other", { text: "{}" });
    simulation.delivering.transfers = false;
    const context = simulation.begin();
    await simulation.round(context);
    await simulation.round(context);
    expect(simulation.connector.requestedPaths()).to.have.length(30);
  });

  it("take the places of half a queue while the other half is on its way", async () => {
    const simulation = withFiles(1500);
    const { connector } = simulation;
    const calls: string[] = [];
    const startTransfer = connector.startTransfer.bind(connector);
    connector.startTransfer = async (request) => {
      calls.push("start");
      return startTransfer(request);
    };
    const results = connector.results.bind(connector);
    connector.results = async (...asked) => {
      calls.push("result");
      return results(...asked);
    };
    const { report } = await simulation.run();
    const lengths = calls
      .join(" ")
      .split(/(?<=start) (?=result)|(?<=result) (?=start)/)
      .map((part) => part.split(" ").length);
    expect(lengths.slice(0, 3)).to.deep.equal([100, 50, 50]);
    expect(report.files.transferred).to.equal(1500);
  });

  it("go out even where the share is smaller than a batch", async () => {
    const simulation = withFiles(12, new Simulation({ connectorLimits: { pendingFiles: 5 } }));
    const { report } = await simulation.run();
    expect(report.files.transferred).to.equal(12);
  });

  it("that are refused are offered again, without a loss", async () => {
    const simulation = withFiles(35);
    simulation.connector.transferAnswers.push(undefined, REFUSED, REFUSED, undefined, REFUSED);
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.files).to.deep.equal({ seen: 35, transferred: 35, failed: 0, unfinished: 0, skipped: {} });
  });

  it("are not even asked for once the first of their group was refused", async () => {
    const simulation = withFiles(35);
    simulation.connector.transferAnswers.push({ status: "refused", retryAfterSeconds: 60 });
    await simulation.round(simulation.begin());
    expect(simulation.connector.transferRequests).to.have.length(1);
  });

  it("are not asked for once one was refused, but for the four that were under way with it", async () => {
    const simulation = withFiles(100);
    simulation.connector.transferAnswers.push(undefined, { status: "refused", retryAfterSeconds: 60 });
    await simulation.round(simulation.begin());
    expect(simulation.connector.transferRequests).to.have.length(6);
  });

  it("are asked for five at a time", async () => {
    const simulation = withFiles(100);
    const { connector } = simulation;
    const startTransfer = connector.startTransfer.bind(connector);
    let underWay = 0;
    const seen: number[] = [];
    connector.startTransfer = async (request) => {
      underWay += 1;
      seen.push(underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return startTransfer(request);
    };
    await simulation.round(simulation.begin());
    expect([seen[0], Math.max(...seen)]).to.deep.equal([1, 5]);
  });

  it("are asked about five at a time", async () => {
    const simulation = withFiles(100);
    const { connector } = simulation;
    const results = connector.results.bind(connector);
    let underWay = 0;
    const seen: number[] = [];
    connector.results = async (...asked) => {
      underWay += 1;
      seen.push(underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return results(...asked);
    };
    await simulation.run();
    expect([seen[0], Math.max(...seen)]).to.deep.equal([1, 5]);
  });

  it("pause for RetryAfterSeconds after a refusal", async () => {
    const simulation = withFiles(1);
    simulation.connector.transferAnswers.push({ status: "refused", retryAfterSeconds: 120 });
    const context = simulation.begin();
    const start = simulation.services.clock.now().getTime();
    while (simulation.connector.transferRequests.length < 2) {
      await simulation.round(context);
    }
    expect(simulation.services.clock.now().getTime() - start).to.be.at.least(120_000);
  });

  it("of ten files that are rejected are sent again one by one: the one that is to blame fails alone", async () => {
    const simulation = withFiles(15);
    // The call for the first ten, then those for the third of them alone.
    simulation.connector.transferAnswers.push(REJECTED, undefined, undefined, undefined, REJECTED);
    const { report, outcome } = await simulation.run();
    expect(simulation.connector.transferRequests.map(({ paths }) => paths.length)).to.deep.equal([
      10,
      5,
      ...Array(10).fill(1),
    ]);
    expect(outcome.Error?.Name).to.equal("TransferIncomplete");
    expect(report.files).to.deep.equal({ seen: 15, transferred: 14, failed: 1, unfinished: 0, skipped: {} });
    expect(report.failures).to.have.length(1);
    expect(report.failures[0]).to.include({
      path: "/data/f0002",
      reason: "TransferFailed: InvalidRequestException: no",
      kind: "rejected",
    });
  });

  it("that are rejected will never work, and are not called again", async () => {
    const simulation = withFiles(1);
    simulation.connector.transferAnswers.push(REJECTED, REJECTED, REJECTED);
    await simulation.run();
    expect(simulation.connector.transferRequests).to.have.length(1);
  });

  it("are asked about later where the service says so, and nothing is lost", async () => {
    const simulation = withFiles(25);
    const { connector } = simulation;
    const results = connector.results.bind(connector);
    let refusals = 0;
    connector.results = async (connectorId, transferId) => {
      refusals += 1;
      if (refusals <= 25) {
        throw new BackPressure("Rate exceeded");
      }
      return results(connectorId, transferId);
    };
    const { report } = await simulation.run();
    expect(refusals).to.be.above(25);
    expect(report.files).to.deep.equal({ seen: 25, transferred: 25, failed: 0, unfinished: 0, skipped: {} });
  });

  it("are asked about once in a slice where the service says later", async () => {
    const simulation = withFiles(25);
    let asked = 0;
    simulation.connector.results = async () => {
      asked += 1;
      throw new BackPressure("Rate exceeded");
    };
    const context = simulation.begin();
    await simulation.round(context);
    await simulation.syncSlice(context);
    expect(asked).to.equal(1);
  });

  it("one failing file among ten fails alone, after three attempts, with code and message", async () => {
    const simulation = withFiles(10);
    simulation.connector.failures.set("/data/f0003", Array(9).fill({ code: "CONNECTION_LOST", message: "reset" }));
    const { report, outcome } = await simulation.run();
    expect(simulation.connector.transferRequests.map(({ paths }) => paths.length)).to.deep.equal([10, 1, 1]);
    expect(report.files).to.deep.equal({ seen: 10, transferred: 9, failed: 1, unfinished: 0, skipped: {} });
    expect(report.failures).to.have.length(1);
    expect(report.failures[0]).to.include({
      path: "/data/f0003",
      reason: "TransferFailed: CONNECTION_LOST: reset",
      kind: "connection",
    });
    expect(outcome.Error?.Name).to.equal("TransferIncomplete");
    expect(simulation.ledgerPaths()).not.to.include("/data/f0003");
  });

  it("that fail once are retried and succeed", async () => {
    const simulation = withFiles(10);
    simulation.connector.failures.set("/data/f0003", [{ code: "CONNECTION_LOST" }]);
    const { report } = await simulation.run();
    expect(report.files).to.deep.equal({ seen: 10, transferred: 10, failed: 0, unfinished: 0, skipped: {} });
  });

  it("of a file that failed are done by the next run", async () => {
    const simulation = withFiles(3);
    simulation.connector.failures.set("/data/f0001", Array(3).fill({ code: "CONNECTION_LOST" }));
    await simulation.run();
    const { report } = await simulation.run();
    expect(report.files.transferred).to.equal(1);
    expect(simulation.ledgerPaths()).to.have.length(3);
  });

  it("of a file that vanished after its listing count as vanished, not as failed", async () => {
    const simulation = withFiles(3);
    simulation.connector.failures.set("/data/f0001", [{ code: "FILE_NOT_FOUND", message: "No such file" }]);
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.files).to.deep.equal({ seen: 3, transferred: 2, failed: 0, unfinished: 0, skipped: { vanished: 1 } });
  });

  it("refused for lack of permission are not tried again in the run", async () => {
    const simulation = withFiles(3);
    simulation.connector.failures.set("/data/f0001", [{ message: "Permission denied" }]);
    const { report } = await simulation.run();
    expect(simulation.connector.requestedPaths()).to.have.length(3);
    expect(report.files.failed).to.equal(1);
  });

  it("reported as completed without an object fail, are sent once, and are in no ledger", async () => {
    const simulation = withFiles(3);
    simulation.connector.lost.add("/data/f0001");
    const { report } = await simulation.run();
    expect(report.files).to.deep.equal({ seen: 3, transferred: 2, failed: 1, unfinished: 0, skipped: {} });
    expect(simulation.connector.transferRequests).to.have.length(1);
    expect(simulation.ledgerPaths()).not.to.include("/data/f0001");
    expect(report.failures[0]?.reason).to.include("MissingObject: accept");
  });

  it("reported as completed without an object are known, where MissingObject accepts it", async () => {
    const simulation = withFiles(3);
    simulation.connector.lost.add("/data/f0001");
    const { report } = await simulation.run({ missingObject: "accept" });
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.files.skipped).to.deep.equal({ "removed-from-s3": 1 });
    expect(report.bytes).to.equal(20);
    expect((await simulation.run({ missingObject: "accept" })).report.files.skipped).to.deep.equal({ unchanged: 3 });
  });

  it("of a file without a listed size are verified by the object alone", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a", {});
    await simulation.run();
    expect((await simulation.run()).report.files.skipped).to.deep.equal({ unchanged: 1 });
  });

  it("without a result for too long fail, and the rest of their batch does not", async () => {
    const simulation = withFiles(3, new Simulation({ timeouts: { transfer: 3600 } }));
    simulation.connector.stuck.add("/data/f0001");
    const { report } = await simulation.run();
    expect(report.files).to.deep.equal({ seen: 3, transferred: 2, failed: 1, unfinished: 0, skipped: {} });
    expect(simulation.connector.requestedPaths()).to.have.length(3);
  });

  it("account for every file when everything happens at once", async () => {
    const simulation = withFiles(60);
    const { connector } = simulation;
    connector.transferAnswers.push(undefined, REFUSED, undefined, REJECTED);
    connector.failures.set("/data/f0001", [{ code: "X" }]);
    connector.failures.set("/data/f0002", [{ message: "Permission denied" }]);
    connector.failures.set("/data/f0003", [{ message: "No such file" }]);
    connector.lost.add("/data/f0004");
    connector.arrivingSizes.set("/data/f0005", 1);
    const { report } = await simulation.run();
    expect(report.files.seen).to.equal(60);
    expect(report.files.unfinished).to.equal(0);
    expect(accountedFor(report)).to.equal(60);
  });
});
