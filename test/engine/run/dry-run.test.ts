import { expect } from "chai";
import { countLiveRuns } from "../../../engine/lock/lock";
import { engineEnv, REPORTS, runContext } from "../support/run-input";
import { Simulation } from "../support/simulation";

const DRY = { dryRun: true } as const;

function world(roundsPerExecution = 190): Simulation {
  const simulation = new Simulation({ roundsPerExecution });
  for (const path of ["/data/a", "/data/1/b", "/data/1/2/c"]) {
    simulation.remote.put(path);
  }
  return simulation;
}

describe("a dry run", () => {
  it("keeps no real run out", async () => {
    const simulation = world();
    const dry = simulation.begin(DRY);
    await simulation.round(dry);
    expect((await simulation.run()).report).to.have.property("status", "SUCCEEDED");
    const { report } = await simulation.finish(await simulation.pump(dry));
    expect(report).to.deep.include({ status: "SUCCEEDED", dryRun: true, warnings: [] });
  });

  it("waits for no real run, and leaves it its lock", async () => {
    const simulation = world();
    const real = simulation.begin();
    await simulation.round(real);
    const lock = simulation.objects.text(REPORTS, real.lockKey);
    expect((await simulation.run(DRY)).report.files).to.include({ seen: 3, transferred: 0 });
    expect(simulation.objects.text(REPORTS, real.lockKey)).to.equal(lock);
    const { report } = await simulation.finish(await simulation.pump(real));
    expect(report.files).to.include({ seen: 3, transferred: 3 });
  });

  it("takes nothing over from a run that died", async () => {
    const simulation = world();
    const dead = simulation.begin();
    simulation.delivering.transfers = false;
    await simulation.round(dead);
    simulation.kill(dead);
    const before = ["root.json", "report.json"].map((name) => simulation.objects.text(REPORTS, dead.prefix + name));
    await simulation.run(DRY);
    const after = ["root.json", "report.json"].map((name) => simulation.objects.text(REPORTS, dead.prefix + name));
    expect(after).to.deep.equal(before);
  });

  it("leaves the list-results bucket as it is, but for its own run", async () => {
    const simulation = world();
    await simulation.run({ minimumAgeSeconds: 600 });
    simulation.remote.put("/data/timeless", { size: 1, modified: undefined });
    const others = () =>
      simulation.objects
        .keys(REPORTS)
        .filter((key) => !key.startsWith("runs/acme/data/dry/"))
        .sort();
    const texts = () => others().map((key) => [key, simulation.objects.text(REPORTS, key)]);
    const before = texts();
    const { report } = await simulation.run({ ...DRY, run: "dry", minimumAgeSeconds: 600 });
    expect(report.files.skipped).to.include({ settling: 1 });
    expect(texts()).to.deep.equal(before);
  });

  it("goes on in further executions without a lock, beside a real run", async () => {
    const simulation = world(1);
    const real = simulation.begin();
    await simulation.startSlice(real);
    const { report } = await simulation.run(DRY);
    expect(simulation.services.executions.started.length).to.be.above(0);
    expect(report).to.deep.include({ status: "SUCCEEDED", dryRun: true });
    expect(report.files).to.include({ seen: 3, wouldTransfer: 3 });
  });

  it("gives back the lock that it took under an earlier version", async () => {
    const simulation = world();
    const dry = simulation.begin(DRY);
    const lock = { run: dry.run, executionArn: dry.executionArn, released: false };
    simulation.objects.put(REPORTS, dry.lockKey, { text: JSON.stringify(lock) });
    await simulation.finish(await simulation.pump(dry));
    expect(simulation.objects.text(REPORTS, dry.lockKey)).to.equal(undefined);
  });

  it("counts itself beside those at work, which do not count it", async () => {
    const { services } = world();
    services.objects.put(REPORTS, "locks/acme/data", { text: "{}" });
    expect(await countLiveRuns(services, runContext(DRY), engineEnv())).to.equal(2);
    expect(await countLiveRuns(services, runContext(), engineEnv())).to.equal(1);
  });
});
