import { expect } from "chai";
import { REPORTS, type RunOptions, TARGET } from "../support/run-input";
import { Simulation } from "../support/simulation";

const RENAMED: RunOptions = { server: "emca", formerName: "acme" };

/** Two files copied under the former name; since then a consumer has removed one of them. */
async function consumed(options: RunOptions = {}): Promise<Simulation> {
  const simulation = new Simulation();
  simulation.remote.put("/data/a");
  simulation.remote.put("/data/sub/b");
  await simulation.run(options);
  simulation.objects.delete(TARGET, "in/acme/data/a");
  simulation.connector.transferRequests.length = 0;
  simulation.services.clock.advance(3600);
  return simulation;
}

describe("a server under a new name", () => {
  it("brings back what consumers removed where nobody says what it was called before", async () => {
    const simulation = await consumed();
    await simulation.run({ server: "emca" });
    expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/a"]);
  });

  it("goes on with what it knew under the former one, and copies what is new", async () => {
    const simulation = await consumed();
    simulation.remote.put("/data/new");
    const { report } = await simulation.run(RENAMED);
    expect(simulation.connector.requestedPaths()).to.deep.equal(["/data/new"]);
    expect(report.files.skipped).to.deep.equal({ unchanged: 2 });
  });

  it("takes all of it over, folders that have not changed as well, and changes nothing of the former one's", async () => {
    const simulation = await consumed();
    const before = simulation.ledgerKeys().map((key) => [key, simulation.objects.text(REPORTS, key)]);
    await simulation.run(RENAMED);
    expect(before.map(([key]) => [key, simulation.objects.text(REPORTS, key ?? "")])).to.deep.equal(before);
    await simulation.run({ server: "emca" });
    await simulation.run({ server: "third", formerName: "emca" });
    expect(simulation.connector.requestedPaths()).to.deep.equal([]);
  });

  it("keeps to its own ledger once it has one", async () => {
    const simulation = await consumed();
    await simulation.run({ server: "emca" });
    simulation.objects.delete(TARGET, "in/acme/data/a");
    simulation.remote.put("/data/a", { size: 11, modified: "2026-01-02T00:00:00Z" });
    await simulation.run(RENAMED);
    simulation.connector.transferRequests.length = 0;
    await simulation.run(RENAMED);
    expect(simulation.connector.requestedPaths()).to.deep.equal([]);
  });

  it("records nothing of it in a dry run", async () => {
    const simulation = await consumed();
    await simulation.run({ ...RENAMED, dryRun: true });
    expect(simulation.ledgerKeys().filter((key) => key.startsWith("ledger/emca/"))).to.deep.equal([]);
  });

  it("by modification times, does not take its first run for a first copy of everything", async () => {
    const byTime = { changeDetection: "modified-time" } as const;
    const simulation = await consumed({ ...byTime, scheduledTime: "2026-03-05T10:00:00Z" });
    const { report } = await simulation.run({ ...byTime, ...RENAMED, scheduledTime: "2026-03-05T11:00:00Z" });
    expect(report.files.skipped).to.deep.equal({ "before-window": 2 });
    const next = await simulation.run({ ...byTime, server: "emca", scheduledTime: "2026-03-05T12:00:00Z" });
    expect(next.report.files.skipped).to.deep.equal({ "before-window": 2 });
  });
});
