import { expect } from "chai";
import { START } from "../support/fake-services";
import { Simulation } from "../support/simulation";

const MINIMUM_AGE = 60;

/** Runs the sync so many seconds after the start. */
async function runAt(simulation: Simulation, seconds: number) {
  const { clock } = simulation.services;
  clock.advance(seconds - (clock.now().getTime() - START.getTime()) / 1000);
  const { report } = await simulation.run({ minimumAgeSeconds: MINIMUM_AGE });
  return report.files;
}

describe("a file without a time", () => {
  it("settles from its first sight on, however often it is seen meanwhile", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/timeless", { size: 1 });
    for (const seconds of [0, 20, 40]) {
      expect((await runAt(simulation, seconds)).skipped).to.deep.equal({ settling: 1 });
    }
    expect(await runAt(simulation, MINIMUM_AGE)).to.deep.include({ transferred: 1, skipped: {} });
    expect(simulation.targetPaths()).to.deep.equal(["/data/timeless"]);
  });

  it("settles by its own first sight, not by that of a file beside it", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/first", { size: 1 });
    await runAt(simulation, 0);
    simulation.remote.put("/data/second", { size: 1 });
    await runAt(simulation, 40);
    expect(await runAt(simulation, MINIMUM_AGE)).to.deep.include({ transferred: 1, skipped: { settling: 1 } });
    expect(simulation.targetPaths()).to.deep.equal(["/data/first"]);
    expect(await runAt(simulation, 40 + MINIMUM_AGE)).to.deep.include({ transferred: 1, skipped: { unchanged: 1 } });
  });

  it("that went and came back settles afresh", async () => {
    const simulation = new Simulation();
    simulation.remote.put("/data/timeless", { size: 1 });
    await runAt(simulation, 0);
    simulation.remote.remove("/data/timeless");
    await runAt(simulation, 20);
    simulation.remote.put("/data/timeless", { size: 1 });
    await runAt(simulation, 40);
    expect((await runAt(simulation, MINIMUM_AGE)).skipped).to.deep.equal({ settling: 1 });
    expect((await runAt(simulation, 40 + MINIMUM_AGE)).transferred).to.equal(1);
  });
});

describe("a file whose time lies in the future", () => {
  it("settles from its first sight as it is, and is copied once", async () => {
    const simulation = new Simulation();
    const future = (modified: string) => simulation.remote.put("/data/f", { size: 1, modified });
    future("2037-01-01T00:00:00Z");
    expect((await runAt(simulation, 0)).skipped).to.deep.equal({ settling: 1 });
    future("2037-01-01T00:00:40Z");
    expect((await runAt(simulation, 40)).skipped).to.deep.equal({ settling: 1 });
    expect((await runAt(simulation, MINIMUM_AGE)).skipped).to.deep.equal({ settling: 1 });
    expect((await runAt(simulation, 40 + MINIMUM_AGE)).transferred).to.equal(1);
    expect((await runAt(simulation, 80 + MINIMUM_AGE)).skipped).to.deep.equal({ unchanged: 1 });
  });
});
