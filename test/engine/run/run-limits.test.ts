import { expect } from "chai";
import type { Limits, RunOptions } from "../support/run-input";
import { accountedFor, Simulation } from "../support/simulation";

/** Every folder has a file and two folders, without end. */
function endless(runLimits: Limits["runLimits"]): Simulation {
  const simulation = new Simulation({ runLimits });
  const { remote } = simulation;
  remote.makeFolder("/data");
  const list = remote.list.bind(remote);
  remote.list = (folder, at) => {
    remote.makeFolder(`${folder}/a`);
    remote.makeFolder(`${folder}/b`);
    remote.put(`${folder}/file`);
    return list(folder, at);
  };
  return simulation;
}

/** Files of `/data`, by name and size. */
function withFiles(sizes: Readonly<Record<string, number | undefined>>, limits: Limits["runLimits"]): Simulation {
  const simulation = new Simulation({ runLimits: limits });
  for (const [name, size] of Object.entries(sizes)) {
    simulation.remote.put(`/data/${name}`, { size, modified: "2026-01-01T00:00:00Z" });
  }
  return simulation;
}

describe("a tree without end", () => {
  it("is listed up to runLimits.folders, copied so far, and fails by that name", async () => {
    const simulation = endless({ folders: 20 });
    const { report, outcome } = await simulation.run();
    expect(report.error?.name).to.equal("RunLimitReached");
    expect(report.error?.message).to.match(
      /^The run has reached its limit of 20 folders \(runLimits\.folders\); 21 folder\(s\) that it has found were not listed/,
    );
    expect(report.folders.listed).to.equal(20);
    expect(simulation.connector.listingRequests).to.have.length(20);
    expect(report.files).to.include({ seen: 20, transferred: 20, failed: 0, unfinished: 0 });
    expect(simulation.ledgerPaths()).to.have.length(20);
    expect(outcome.Message).to.include("raise the setting that the error names");
  });

  it("is listed until its listings have runLimits.entries", async () => {
    const simulation = endless({ entries: 30 });
    const { report } = await simulation.run();
    expect(report.error?.name).to.equal("RunLimitReached");
    expect(report.error?.message).to.match(/limit of 30 entries in listings \(runLimits\.entries\); \d+ folder\(s\)/);
    expect(report.folders.listed).to.be.within(11, 40);
    expect(report.files).to.include({ transferred: report.folders.listed, unfinished: 0 });
  });

  it("goes on as usual in the next run, which takes nothing for gone and copies nothing again", async () => {
    const simulation = endless({ folders: 20 });
    await simulation.run();
    const { report } = await simulation.run();
    expect(report.error?.name).to.equal("RunLimitReached");
    expect(report.files.skipped).to.deep.equal({ unchanged: 20 });
    expect(simulation.connector.requestedPaths()).to.have.length(20);
    const known = simulation.ledger("/data");
    expect([...known.gone.keys(), ...known.marks.keys()]).to.deep.equal([]);
    expect([...known.folders]).to.deep.equal([
      ["a", "present"],
      ["b", "present"],
    ]);
  });

  it("says nothing of what a run has known that lists fewer folders than the one before", async () => {
    const simulation = endless({ folders: 40 });
    await simulation.run();
    const before = simulation.ledgerPaths();
    Object.assign(simulation, { limits: { runLimits: { folders: 5 } } });
    const { report } = await simulation.run();
    expect(report.folders.listed).to.equal(5);
    expect(simulation.ledgerPaths()).to.deep.equal(before);
  });
});

describe("a folder that is not followed any further", () => {
  for (const [title, options] of [
    ["since it is not to be", { recursive: false }],
    ["for MaxDepth", { maxDepth: 0 }],
  ] satisfies [string, RunOptions][]) {
    it(`counts against runLimits.entries too: ${title}`, async () => {
      const simulation = withFiles({ a: 1, b: 1, c: 1 }, { entries: 2 });
      const { report } = await simulation.run(options);
      expect(report.error?.name).to.equal("RunLimitReached");
      expect(report.files).to.include({ seen: 3, transferred: 3 });
    });
  }
});

describe("files with more bytes than a run may transfer", () => {
  it("are copied as far as they fit, and the next runs copy the rest", async () => {
    const simulation = withFiles({ a: 60, b: 60, c: 40, d: 1 }, { bytes: 100 });
    const { report, outcome } = await simulation.run();
    expect(report.error).to.deep.equal({
      name: "RunLimitReached",
      message:
        "The run has reached its limit of 100 bytes to transfer (runLimits.bytes); files beyond it were not copied. Everything within the limit was copied",
    });
    expect(report.files).to.include({ seen: 4, transferred: 2, unfinished: 2 });
    expect(report.bytes).to.equal(100);
    expect(outcome.Message).to.include("2 files were not finished; the next run takes them up.");
    expect([...simulation.ledger("/data").marks.keys()]).to.deep.equal([]);
    const next = (await simulation.run()).report;
    expect(next.status).to.equal("SUCCEEDED");
    expect(next.files).to.deep.include({ seen: 4, transferred: 2, skipped: { unchanged: 2 } });
    expect(simulation.targetPaths()).to.have.length(4);
  });

  it("are counted as they arrive where the server lists less", async () => {
    const simulation = withFiles({ a: 0, b: undefined }, { bytes: 100 });
    simulation.connector.arrivingSizes.set("/data/a", 80).set("/data/b", 80);
    simulation.remote.put("/data/late/c", { size: 1, modified: "2026-01-01T00:00:00Z" });
    simulation.connector.silentListings.add("/data/late");
    const context = simulation.begin();
    await simulation.round(context);
    await simulation.round(context);
    await simulation.round(context);
    simulation.connector.silentListings.clear();
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.error?.name).to.equal("RunLimitReached");
    expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/a", "/data/b"]);
  });

  it("are counted in a dry run as well", async () => {
    const simulation = withFiles({ a: 60, b: 60 }, { bytes: 100 });
    const { report } = await simulation.run({ dryRun: true });
    expect(report.error?.name).to.equal("RunLimitReached");
    expect(report.files).to.include({ seen: 2, wouldTransfer: 1 });
    expect(accountedFor(report)).to.equal(2);
  });

  it("keep when they were first seen, where that is all that tells their age", async () => {
    const simulation = new Simulation({ runLimits: { bytes: 100 } });
    simulation.remote.put("/data/a", { size: 60, modified: undefined });
    simulation.remote.put("/data/b", { size: 60, modified: undefined });
    await simulation.run({ minimumAgeSeconds: 3600 });
    simulation.services.clock.advance(4000);
    await simulation.run({ minimumAgeSeconds: 3600 });
    const { report } = await simulation.run({ minimumAgeSeconds: 3600 });
    expect(report.files).to.deep.include({ transferred: 1, skipped: { unchanged: 1 } });
  });
});

describe("a run that has met a limit", () => {
  it("fails of the limit, and names what has failed besides", async () => {
    const simulation = endless({ folders: 5 });
    const failure = { message: "no", code: "PERMISSION_DENIED" };
    simulation.connector.failures.set("/data/file", [failure, failure, failure]);
    const { report } = await simulation.run();
    expect(report.error?.name).to.equal("RunLimitReached");
    expect(report.failures.map(({ path }) => path)).to.deep.equal(["/data/file"]);
  });
});
