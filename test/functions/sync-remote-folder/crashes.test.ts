import { expect } from "chai";
import { Crash, type CrashAt } from "../support/fake-objects";
import { accountedFor, Simulation } from "../support/simulation";

const PATHS = [
  ...Array.from({ length: 12 }, (_, index) => `/data/f${String(index).padStart(2, "0")}`),
  "/data/sub/x",
  "/data/sub/y",
];
const MOMENTS = ["before", "after"] as const;

function world(crashAt?: CrashAt): Simulation {
  const simulation = new Simulation();
  for (const path of PATHS) {
    simulation.remote.put(path);
  }
  simulation.objects.crashAt = crashAt;
  return simulation;
}

function expectAllCopied(simulation: Simulation): void {
  expect(simulation.targetPaths()).to.deep.equal(PATHS);
  expect(simulation.ledgerPaths()).to.have.members(PATHS);
}

async function writesOfARun(): Promise<number> {
  const simulation = world();
  await simulation.run();
  return simulation.objects.writes;
}

/** Runs until the crash, and tells whether there was one. */
async function runsIntoCrash(simulation: Simulation): Promise<boolean> {
  const context = simulation.begin();
  try {
    await simulation.startSlice(context);
    for (let status = "RUNNING"; status === "RUNNING"; ) {
      simulation.deliver();
      await simulation.listSlice(context);
      status = (await simulation.syncSlice(context)).Status;
      simulation.deliver();
      await simulation.startSlice(context);
    }
    return false;
  } catch (error) {
    if (!(error instanceof Crash)) {
      throw error;
    }
    return true;
  } finally {
    simulation.kill(context);
  }
}

describe("a Lambda that dies at a write", () => {
  for (const moment of MOMENTS) {
    it(`${moment} any of them, and is invoked again: everything is copied, once, and accounted for`, async () => {
      const writes = await writesOfARun();
      expect(writes).to.be.greaterThan(10);
      for (let write = 1; write <= writes; write += 1) {
        const simulation = world({ write, moment });
        const { report } = await simulation.run();
        const place = `${moment} write ${write}`;
        expect(report.status, place).to.equal("SUCCEEDED");
        expectAllCopied(simulation);
        expect(simulation.connector.requestedPaths(), place).to.have.members(PATHS);
        expect(accountedFor(report), place).to.equal(report.files.seen);
        expect(simulation.objects.keys("list-results", "locks/"), place).to.deep.equal([]);
      }
    });

    it(`${moment} any of them, with its execution: the next run copies the rest, each file once`, async () => {
      for (let write = 1, crashed = true; crashed; write += 1) {
        const simulation = world({ write, moment });
        crashed = await runsIntoCrash(simulation);
        const { report } = await simulation.run();
        const place = `${moment} write ${write}`;
        expect(report.status, place).to.equal("SUCCEEDED");
        expectAllCopied(simulation);
        expect(simulation.connector.requestedPaths(), place).to.have.members(PATHS);
        expect(accountedFor(report), place).to.equal(report.files.seen);
      }
    });
  }
});
