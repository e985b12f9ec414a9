import { expect } from "chai";
import { type RunOptions, TARGET } from "../support/run-input";
import { accountedFor, Simulation } from "../support/simulation";

const LATER = "2026-03-01T00:00:00Z";

/** Three files in two folders, copied once. */
async function copied(): Promise<Simulation> {
  const simulation = new Simulation();
  for (const path of ["/data/a", "/data/b", "/data/sub/c"]) {
    simulation.remote.put(path);
  }
  await simulation.run();
  forgetCalls(simulation);
  return simulation;
}

function forgetCalls({ objects, connector }: Simulation): void {
  objects.requests.length = 0;
  connector.transferRequests.length = 0;
  connector.listingRequests.length = 0;
}

describe("a run", () => {
  it("copies a small tree, verifies it, and enters it in the ledger", async () => {
    const simulation = new Simulation();
    for (const path of ["/data/a", "/data/b", "/data/sub/c"]) {
      simulation.remote.put(path);
    }
    const { outcome, report } = await simulation.run();
    expect(outcome.Status).to.equal("SUCCEEDED");
    expect(simulation.targetPaths()).to.deep.equal(["/data/a", "/data/b", "/data/sub/c"]);
    expect(simulation.ledgerPaths()).to.have.members(["/data/a", "/data/b", "/data/sub/c"]);
    expect(report.folders).to.deep.equal({ listed: 2, failed: 0, missing: 0, truncated: 0, spared: 0 });
    expect(report.files).to.deep.equal({ seen: 3, transferred: 3, failed: 0, unfinished: 0, skipped: {} });
    expect(report.bytes).to.equal(30);
  });

  it("leaves no lock behind", async () => {
    const simulation = await copied();
    expect(simulation.objects.keys("list-results", "locks/")).to.deep.equal([]);
  });

  it("of an unchanged tree asks one listing and one ledger per folder, and nothing of the target bucket", async () => {
    const simulation = await copied();
    const { report } = await simulation.run();
    expect(report.files.skipped).to.deep.equal({ unchanged: 3 });
    expect(simulation.objects.requestsTo(TARGET)).to.deep.equal([]);
    expect(simulation.connector.transferRequests).to.deep.equal([]);
    expect(simulation.connector.listingRequests.map(({ folder }) => folder)).to.deep.equal(["/data", "/data/sub"]);
    const ledgers = simulation.objects.requests.filter(({ key }) => key.startsWith("ledger/"));
    expect(ledgers.map(({ operation }) => operation)).to.deep.equal(["read", "read"]);
  });

  const changes: [string, (simulation: Simulation) => void, string[]][] = [
    [
      "only a size changed",
      ({ remote }) => remote.put("/data/a", { size: 11, modified: "2026-01-01T00:00:00Z" }),
      ["/data/a"],
    ],
    ["only a time changed", ({ remote }) => remote.put("/data/a", { size: 10, modified: LATER }), ["/data/a"]],
    [
      "a file arrived with an old time",
      ({ remote }) => remote.put("/data/old", { size: 1, modified: "1999-01-01T00:00:00Z" }),
      ["/data/old"],
    ],
    [
      "a file of 0 bytes arrived",
      ({ remote }) => remote.put("/data/empty", { size: 0, modified: LATER }),
      ["/data/empty"],
    ],
    ["a folder arrived", ({ remote }) => remote.put("/data/new/x"), ["/data/new/x"]],
    ["a file was deleted from S3", ({ objects }) => objects.delete(TARGET, "in/acme/data/a"), []],
    ["a file was deleted remotely", ({ remote }) => remote.remove("/data/a"), []],
  ];
  for (const [title, change, expected] of changes) {
    it(`on a schedule, after ${title}, transfers ${expected.length === 0 ? "nothing" : expected}`, async () => {
      const simulation = await copied();
      change(simulation);
      const { report } = await simulation.run();
      expect(simulation.connector.requestedPaths()).to.deep.equal(expected);
      expect(report.status).to.equal("SUCCEEDED");
      expect(accountedFor(report)).to.equal(report.files.seen);
    });
  }

  it("by hand, in the mode of the sync's parameter, leaves what was deleted from S3 as a schedule does", async () => {
    const simulation = await copied();
    simulation.objects.delete(TARGET, "in/acme/data/a");
    const { report } = await simulation.run({ mode: "as-scheduled" });
    expect(simulation.connector.requestedPaths()).to.deep.equal([]);
    expect(report).to.have.property("mode", "as-scheduled");
    expect(report.files.skipped).to.deep.equal({ unchanged: 3 });
  });

  const comparing: [string, RunOptions][] = [
    ["Mode compare", { mode: "compare" }],
    ["Mode since, from 0 on,", { mode: "since", fromTimestamp: 0 }],
    ["an event of an earlier version with FromTimestamp 0", { fromTimestamp: 0 }],
  ];
  for (const [title, options] of comparing) {
    it(`${title} brings back what was deleted from S3, and only that`, async () => {
      const simulation = await copied();
      simulation.objects.delete(TARGET, "in/acme/data/a");
      const { report } = await simulation.run(options);
      expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/a"]);
      expect(report.files.skipped).to.deep.equal({ "already-in-s3": 2 });
    });
  }

  it("Mode since considers only files of FromTimestamp or later", async () => {
    const simulation = await copied();
    simulation.objects.delete(TARGET, "in/acme/data/a");
    simulation.remote.put("/data/late", { size: 1, modified: LATER });
    const { report } = await simulation.run({ mode: "since", fromTimestamp: Date.parse(LATER) / 1000 });
    expect(report).to.include({ mode: "since", fromTimestamp: Date.parse(LATER) / 1000 });
    expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/late"]);
    expect(report.files.skipped).to.deep.equal({ "before-from-timestamp": 3 });
  });

  it("after losing its ledgers compares with S3, transfers nothing, and knows again", async () => {
    const simulation = await copied();
    for (const key of simulation.ledgerKeys()) {
      simulation.objects.delete("list-results", key);
    }
    const { report } = await simulation.run();
    expect(report.files.skipped).to.deep.equal({ "already-in-s3": 3 });
    expect(simulation.connector.transferRequests).to.deep.equal([]);
    expect(simulation.ledgerPaths()).to.have.length(3);
  });

  it("prunes what the remote no longer has, and never by a truncated listing", async () => {
    const simulation = await copied();
    simulation.remote.remove("/data/a");
    simulation.connector.truncated.set("/data", true);
    await simulation.run();
    expect(simulation.ledgerPaths()).to.include("/data/a");
    simulation.connector.truncated.clear();
    await simulation.run();
    expect(simulation.ledgerPaths()).to.have.members(["/data/b", "/data/sub/c"]);
  });

  it("takes a file that went and came back for new, and finds it in S3", async () => {
    const simulation = await copied();
    simulation.remote.remove("/data/a");
    await simulation.run();
    simulation.remote.put("/data/a");
    const { report } = await simulation.run();
    expect(report.files.skipped).to.deep.equal({ unchanged: 2, "already-in-s3": 1 });
  });

  it("as a dry run decides and counts, starts nothing, records nothing, and says so", async () => {
    const simulation = await copied();
    simulation.remote.put("/data/new", { size: 7, modified: LATER });
    const ledgers = simulation.ledgerKeys().map((key) => simulation.objects.text("list-results", key));
    const { report } = await simulation.run({ dryRun: true });
    expect(report.dryRun).to.equal(true);
    expect(report.bytes).to.equal(7);
    expect(report.files).to.deep.equal({
      seen: 4,
      transferred: 0,
      failed: 0,
      wouldTransfer: 1,
      unfinished: 0,
      skipped: { unchanged: 3 },
    });
    expect(simulation.connector.transferRequests).to.deep.equal([]);
    expect(simulation.ledgerKeys().map((key) => simulation.objects.text("list-results", key))).to.deep.equal(ledgers);
  });

  it("as a dry run of a new tree writes no ledger", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a");
    await simulation.run({ dryRun: true });
    expect(simulation.ledgerKeys()).to.deep.equal([]);
    expect(simulation.targetPaths()).to.deep.equal([]);
  });

  it("leaves out what is excluded, and spares the listing of what is excluded whole", async () => {
    const simulation = new Simulation();
    for (const path of ["/data/a.csv", "/data/a.tmp", "/data/.x.csv", "/data/tmp/b.csv", "/data/sub/c.csv"]) {
      simulation.remote.put(path);
    }
    const { report } = await simulation.run({ include: ["**/*.csv"], exclude: ["tmp/**"] });
    expect(simulation.targetPaths()).to.deep.equal(["/data/.x.csv", "/data/a.csv", "/data/sub/c.csv"]);
    expect(report.files.skipped).to.deep.equal({ excluded: 1 });
    expect(simulation.connector.listingRequests.map(({ folder }) => folder)).to.deep.equal(["/data", "/data/sub"]);
  });

  it("lets young files settle, and copies them later", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/young", { size: 1, modified: "2026-03-05T09:59:30Z" });
    simulation.remote.put("/data/timeless", { size: 1 });
    const first = await simulation.run({ minimumAgeSeconds: 60 });
    expect(first.report.files.skipped).to.deep.equal({ settling: 2 });
    simulation.services.clock.advance(3600);
    const second = await simulation.run({ minimumAgeSeconds: 60 });
    expect(second.report.files.transferred).to.equal(2);
    simulation.services.clock.advance(3600);
    expect((await simulation.run({ minimumAgeSeconds: 60 })).report.files.skipped).to.deep.equal({ unchanged: 2 });
  });
});
