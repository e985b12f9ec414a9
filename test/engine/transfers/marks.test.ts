import { expect } from "chai";
import type { RunContext } from "../../../engine/run-context";
import { Crash } from "../support/fake-objects";
import { PREFIX, TARGET } from "../support/run-input";
import { accountedFor, Simulation } from "../support/simulation";

const KEY = `${PREFIX}/data/a`;
const OLD = "2026-01-01T00:00:00Z";
const NEW = "2026-02-01T00:00:00Z";

function world(file: { size: number; modified: string } = { size: 10, modified: NEW }): Simulation {
  const simulation = new Simulation();
  simulation.remote.put("/data/a", file);
  simulation.remote.put("/data/stays");
  return simulation;
}

/** The file has arrived, and the run dies before it has written that down. */
async function killedAfterArrival(simulation: Simulation): Promise<RunContext> {
  const context = simulation.begin();
  await simulation.round(context);
  simulation.deliver();
  simulation.kill(context);
  return context;
}

/** Nothing is left to reconcile: not even the intent. */
function forgetRun({ objects }: Simulation, { bucket, prefix }: RunContext): void {
  for (const key of objects.keys(bucket, prefix)) {
    objects.delete(bucket, key);
  }
}

describe("a file whose transfer was not verified", () => {
  it("is sent again where a run died after it had arrived: another of its size and with an older time is in its place", async () => {
    const simulation = world();
    forgetRun(simulation, await killedAfterArrival(simulation));
    simulation.remote.put("/data/a", { size: 10, modified: OLD });
    expect((await simulation.run()).report.files.transferred).to.equal(2);
  });

  it("is sent again where the old version is back that the ledger knows: the bucket has had a newer one", async () => {
    const simulation = world({ size: 10, modified: OLD });
    await simulation.run();
    simulation.remote.put("/data/a", { size: 10, modified: NEW });
    forgetRun(simulation, await killedAfterArrival(simulation));
    simulation.remote.put("/data/a", { size: 10, modified: OLD });
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1, skipped: { unchanged: 1 } });
    expect((await simulation.run()).report.files.skipped).to.deep.equal({ unchanged: 2 });
  });

  it("is sent again where the newer one grew while it was fetched, and the old one is back", async () => {
    const simulation = world({ size: 10, modified: OLD });
    await simulation.run();
    simulation.remote.put("/data/a", { size: 20, modified: NEW });
    simulation.connector.arrivingSizes.set("/data/a", 10);
    expect((await simulation.run()).report.files.skipped).to.deep.include({ "changed-during-transfer": 1 });
    simulation.connector.arrivingSizes.clear();
    simulation.remote.put("/data/a", { size: 10, modified: OLD });
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
  });

  it("is sent again where a new file grew, and is replaced by one of the size that arrived and with an older time", async () => {
    const simulation = world({ size: 20, modified: NEW });
    simulation.connector.arrivingSizes.set("/data/a", 10);
    await simulation.run();
    simulation.connector.arrivingSizes.clear();
    simulation.remote.put("/data/a", { size: 10, modified: OLD });
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
  });

  it("is sent again on demand too, whatever S3 holds", async () => {
    const simulation = world();
    forgetRun(simulation, await killedAfterArrival(simulation));
    simulation.remote.put("/data/a", { size: 10, modified: OLD });
    expect((await simulation.run({ fromTimestamp: 0 })).report.files.transferred).to.equal(2);
  });

  it("is left alone by filters all the same, and is not forgotten", async () => {
    const simulation = world();
    forgetRun(simulation, await killedAfterArrival(simulation));
    expect((await simulation.run({ exclude: ["a"] })).report.files.skipped).to.deep.include({ excluded: 1 });
    simulation.remote.put("/data/a", { size: 10, modified: OLD });
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
  });

  it("is not sent by a dry run, which says that it would be", async () => {
    const simulation = world();
    forgetRun(simulation, await killedAfterArrival(simulation));
    expect((await simulation.run({ dryRun: true })).report.files).to.deep.include({ transferred: 0, wouldTransfer: 2 });
  });
});

describe("a file that is not found after an attempt that failed", () => {
  it("has failed: nothing of it is in S3", async () => {
    const simulation = world();
    simulation.connector.failures.set("/data/a", [
      { code: "CONNECTION_ERROR", message: "Connection lost" },
      { code: "FILE_NOT_FOUND" },
    ]);
    const { report } = await simulation.run();
    expect(report.error?.name).to.equal("TransferIncomplete");
    expect(report.failures[0]?.reason).to.match(/FILE_NOT_FOUND, after an attempt that failed/);
    simulation.remote.remove("/data/a");
    expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
  });

  it("has failed in the next run too, where it is listed as before", async () => {
    const simulation = world();
    simulation.connector.failures.set("/data/a", [{ message: "Permission denied" }, { code: "FILE_NOT_FOUND" }]);
    await simulation.run();
    expect((await simulation.run()).report.status).to.equal("FAILED");
  });

  it("may vanish where it is another one by now", async () => {
    const simulation = world();
    simulation.connector.failures.set("/data/a", [{ message: "Permission denied" }, { code: "FILE_NOT_FOUND" }]);
    await simulation.run();
    simulation.remote.put("/data/a", { size: 11, modified: NEW });
    expect((await simulation.run()).report.files.skipped).to.deep.equal({ unchanged: 1, vanished: 1 });
  });

  it("is told of by the next run where this one died before it could", async () => {
    const simulation = world();
    simulation.connector.failures.set("/data/a", [{ code: "CONNECTION_ERROR", message: "Connection lost" }]);
    const context = simulation.begin();
    await simulation.round(context);
    simulation.deliver();
    await simulation.round(context);
    simulation.kill(context);
    forgetRun(simulation, context);
    simulation.remote.remove("/data/a");
    const { report } = await simulation.run();
    expect(report.failures.map(({ path }) => path)).to.deep.equal(["/data/a"]);
    expect(accountedFor(report)).to.equal(report.files.seen);
    expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
  });
});

describe("an object of another size that a transfer left", () => {
  /** Cut, since the file grew; then the partner archives the file. */
  async function archived(): Promise<Simulation> {
    const simulation = world();
    simulation.connector.arrivingSizes.set("/data/a", 4);
    await simulation.run();
    simulation.connector.arrivingSizes.clear();
    simulation.remote.remove("/data/a");
    return simulation;
  }

  it("fails every run, once the file is gone, until somebody deletes it", async () => {
    const simulation = await archived();
    for (const _ of ["first", "second"]) {
      const { report } = await simulation.run();
      expect(report.error?.name).to.equal("TransferIncomplete");
      expect(report.failures[0]?.reason).to.match(/gone from the server; S3 holds 4 bytes of it, .* listed with 10/);
      expect(accountedFor(report)).to.equal(report.files.seen);
    }
    simulation.objects.delete(TARGET, KEY);
    expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
  });

  it("fails every run where the file's folder is gone too", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/in/a", { size: 10, modified: NEW });
    simulation.connector.arrivingSizes.set("/data/in/a", 4);
    await simulation.run();
    simulation.remote.removeFolder("/data/in");
    expect((await simulation.run()).report.failures.map(({ path }) => path)).to.deep.equal(["/data/in/a"]);
    expect((await simulation.run()).report.status).to.equal("FAILED");
    simulation.objects.delete(TARGET, `${PREFIX}/data/in/a`);
    expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
  });

  it("is replaced where the file is delivered again", async () => {
    const simulation = await archived();
    await simulation.run();
    simulation.remote.put("/data/a", { size: 4, modified: OLD });
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1, failed: 0 });
  });

  it("is not what was there before the transfer", async () => {
    const simulation = world();
    simulation.objects.put(TARGET, KEY, { size: 4, lastModified: new Date("2026-01-15T00:00:00Z") });
    simulation.connector.failures.set("/data/a", [{ code: "FILE_NOT_FOUND" }]);
    await simulation.run();
    simulation.remote.remove("/data/a");
    expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
  });
});

describe("a size that is never what arrives", () => {
  const sizeMismatch = "accept";

  it("has failed, unless it is to be accepted", async () => {
    const simulation = world();
    simulation.connector.arrivingSizes.set("/data/a", 4);
    expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
    const { report } = await simulation.run();
    expect(report.error?.name).to.equal("TransferIncomplete");
    expect(report.failures.map(({ path }) => path)).to.deep.equal(["/data/a"]);
    expect((await simulation.run({ sizeMismatch })).report.status).to.equal("SUCCEEDED");
  });

  it("is accepted once the same size and time have brought the same twice, with a warning", async () => {
    const simulation = world();
    simulation.connector.arrivingSizes.set("/data/a", 4);
    await simulation.run({ sizeMismatch });
    const { report } = await simulation.run({ sizeMismatch });
    expect(report).to.deep.include({ status: "SUCCEEDED" });
    expect(report.files).to.deep.include({ transferred: 1 });
    expect(report.warnings).to.have.length(1);
    expect(report.warnings[0]).to.match(/SizeMismatch: fail.*\/data\/a: 10 bytes listed, 4 arrived/);
    for (const options of [{}, { fromTimestamp: 0 }]) {
      const next = await simulation.run(options);
      expect(next.report.files.transferred).to.equal(0);
      expect(next.report.warnings).to.deep.equal([]);
    }
  });

  it("is accepted still by a slice that dies after it has written that down", async () => {
    const simulation = world();
    simulation.connector.arrivingSizes.set("/data/a", 4);
    await simulation.run();
    const context = simulation.begin({ sizeMismatch });
    const requests = simulation.connector.resultRequests.length;
    let isRecorded = false;
    let crashed = false;
    simulation.objects.beforeWrite = (_, key) => {
      if (isRecorded && !crashed && key.endsWith("root.json")) {
        crashed = true;
        throw new Crash(key);
      }
      isRecorded ||= key.startsWith("ledger/") && simulation.connector.resultRequests.length > requests;
    };
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(crashed).to.equal(true);
    expect(report.files).to.deep.include({ transferred: 1, skipped: { unchanged: 1 } });
  });

  it("is not accepted where another size arrives each time", async () => {
    const simulation = world();
    for (const [size, status] of [
      [4, "SUCCEEDED"],
      [5, "FAILED"],
      [6, "FAILED"],
      [6, "SUCCEEDED"],
    ] as const) {
      simulation.connector.arrivingSizes.set("/data/a", size);
      expect((await simulation.run({ sizeMismatch })).report.status).to.equal(status);
    }
  });

  it("is transferred again once it is listed otherwise", async () => {
    const simulation = world();
    simulation.connector.arrivingSizes.set("/data/a", 4);
    await simulation.run({ sizeMismatch });
    await simulation.run({ sizeMismatch });
    simulation.remote.put("/data/a", { size: 10, modified: OLD });
    expect((await simulation.run({ sizeMismatch })).report.files.skipped).to.deep.include({
      "changed-during-transfer": 1,
    });
  });
});
