import { expect } from "chai";
import { BackPressure } from "../../../engine/ports/errors";
import { REPORTS } from "../support/run-input";
import { Simulation } from "../support/simulation";

describe("a run's first slice", () => {
  it("fails as CredentialsMissing without a secret value, starts nothing, and gives the lock back", async () => {
    const simulation = new Simulation();
    simulation.services.secrets.filled = false;
    const context = simulation.begin();
    const error = await simulation.startSlice(context).catch((thrown: unknown) => thrown);
    expect(error).to.have.property("name", "CredentialsMissing");
    expect(simulation.connector.listingRequests).to.deep.equal([]);
    const ended = await simulation.finish({ context, skipped: false }, error instanceof Error ? error : undefined);
    expect(ended.outcome.Error?.Name).to.equal("CredentialsMissing");
    expect(ended.report.files.seen).to.equal(0);
    expect(simulation.objects.keys(REPORTS, "locks/")).to.deep.equal([]);
  });

  it("warns where the connector's concurrency is not the definition's", async () => {
    const simulation = new Simulation();
    simulation.remote.makeFolder("/data");
    simulation.connector.concurrentConnections = 1;
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.warnings).to.have.length(1);
    expect(report.warnings[0]).to.match(/MaxConcurrentConnections 1\b.* 5/);
    expect(report.warnings[0]).to.include("terraform apply -replace=aws_lambda_invocation.connector_concurrency");
  });

  it("goes without that warning where the service wants to be asked later", async () => {
    const simulation = new Simulation();
    simulation.remote.makeFolder("/data");
    simulation.connector.describe = async () => {
      throw new BackPressure("Rate exceeded");
    };
    const { report } = await simulation.run();
    expect(report).to.deep.include({ status: "SUCCEEDED", warnings: [] });
  });

  const tags: [string, string | undefined, string][] = [
    ["the scheduled time", "2026-03-04T23:59:00Z", "/in/2026/03/04"],
    ["the start where nothing was scheduled", undefined, "/in/2026/03/05"],
  ];
  for (const [title, scheduledTime, expected] of tags) {
    it(`resolves date tags from ${title}`, async () => {
      const simulation = new Simulation();
      simulation.remote.put(`${expected}/a`);
      const { report } = await simulation.run({ folder: "/in/%year%/%month%/%day%", scheduledTime });
      expect(report.folder).to.equal(expected);
      expect(report.files.transferred).to.equal(1);
    });
  }

  it("resolves date tags once, also in a run that passes midnight", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/in/05/sub/a");
    simulation.services.clock.advance(13 * 3600 + 3595);
    const context = simulation.begin({ folder: "/in/%day%" });
    await simulation.startSlice(context);
    simulation.services.clock.advance(60);
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.folder).to.equal("/in/05");
    expect(simulation.targetPaths()).to.deep.equal(["/in/05/sub/a"]);
  });

  it("ends as SKIPPED while another run of the sync is at work, and names it", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a");
    const first = simulation.begin();
    await simulation.startSlice(first);
    const { outcome, report } = await simulation.run();
    expect(outcome.Status).to.equal("SKIPPED");
    expect(outcome.Error).to.equal(undefined);
    expect(report.warnings.join()).to.include(first.executionArn);
    expect(simulation.connector.listingRequests).to.have.length(1);
    expect((await simulation.finish(await simulation.pump(first))).report.files.transferred).to.equal(1);
  });

  it("invoked twice begins the run once", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/a");
    const context = simulation.begin();
    await simulation.startSlice(context);
    await simulation.startSlice(context);
    expect(simulation.connector.listingRequests).to.have.length(1);
  });

  const written: [string, string][] = [
    ["/data/", ""],
    ["/data", "/in/acme/"],
  ];
  for (const [folder, prefix] of written) {
    it(`takes Folder ${folder} and Prefix "${prefix}" of an event by hand as the definition would`, async () => {
      const simulation = new Simulation();
      simulation.remote.put("/data/a");
      const { report } = await simulation.run({ folder, prefix });
      expect(report.files).to.include({ seen: 1, transferred: 1 });
      expect(simulation.connector.transferRequests.map(({ destination }) => destination)).to.deep.equal([
        prefix === "" ? "/target-bucket/data" : "/target-bucket/in/acme/data",
      ]);
    });
  }
});

describe("a run past its deadline", () => {
  it("ends in order as RunTimedOut, keeps its lock as released, and the next run reconciles", async () => {
    const simulation = new Simulation({ timeouts: { run: 3600 } });
    simulation.remote.put("/data/a");
    simulation.delivering.transfers = false;
    const { outcome, report } = await simulation.run();
    expect(outcome.Error?.Name).to.equal("RunTimedOut");
    expect(report.files).to.include({ seen: 1, transferred: 0, unfinished: 1 });
    const [key = ""] = simulation.objects.keys(REPORTS, "locks/");
    expect(JSON.parse(simulation.objects.text(REPORTS, key) ?? "")).to.include({ released: true, run: "run-1" });
    simulation.delivering.transfers = true;
    expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
    expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/a"]);
    expect(simulation.ledgerPaths()).to.deep.equal(["/data/a"]);
  });

  it("still records what has arrived, and starts nothing more", async () => {
    const simulation = new Simulation({ timeouts: { run: 3600 } });
    simulation.remote.put("/data/a");
    simulation.delivering.transfers = false;
    const context = simulation.begin();
    await simulation.round(context);
    simulation.services.clock.advance(3700);
    simulation.delivering.transfers = true;
    simulation.deliver();
    simulation.remote.put("/data/b");
    const { report } = await simulation.finish(await simulation.pump(context));
    expect(report.error?.name).to.equal("RunTimedOut");
    expect(report.files).to.include({ transferred: 1, unfinished: 0 });
    expect(simulation.objects.keys(REPORTS, "locks/")).to.deep.equal([]);
  });
});
