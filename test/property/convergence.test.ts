import { expect } from "chai";
import fc from "fast-check";
import { REPORTS, TARGET } from "../functions/support/run-input";
import { randomNumbers } from "../support/random";
import { missing, strays } from "./invariants/converged";
import { scenarios } from "./world/arbitraries";
import { QUIET_STEP, type Scenario } from "./world/scenario";
import { World } from "./world/world";

/** Within so many runs after the faults everything is as it should be. */
const RUNS_TO_CONVERGE = 3;

/** Longer than any file has to settle. */
const SECONDS_BETWEEN_RUNS = 1000;

/** A failure prints seed and path; given back, they play that one scenario again. */
const { PROPERTY_RUNS, PROPERTY_SEED, PROPERTY_PATH } = process.env;

const PARAMETERS: fc.Parameters<[Scenario]> = {
  numRuns: Number(PROPERTY_RUNS ?? 2000),
  ...(PROPERTY_SEED === undefined ? {} : { seed: Number(PROPERTY_SEED) }),
  ...(PROPERTY_PATH === undefined ? {} : { path: PROPERTY_PATH, endOnFailure: true }),
};

async function play({ options, tree, steps }: Scenario): Promise<void> {
  const world = new World(options);
  for (const change of tree) {
    world.change(change);
  }
  for (const step of steps) {
    await world.play(step);
    expectNoViolation(world);
  }
  world.transfers.unstick();
  for (let run = 0; run < RUNS_TO_CONVERGE; run += 1) {
    await world.play({ ...QUIET_STEP, changes: [{ kind: "pass", seconds: SECONDS_BETWEEN_RUNS }] });
  }
  expectNoViolation(world);
  expect(missing(world).join("\n"), "missing").to.equal("");
  expect(strays(world), "outside the prefix").to.deep.equal([]);
  await expectIdle(world);
}

function expectNoViolation({ watch }: World): void {
  expect(watch.violations.join("\n"), "violations").to.equal("");
}

/** Nothing has changed: nothing is sent, and the target bucket is asked nothing. */
async function expectIdle(world: World): Promise<void> {
  const { transfers, objects } = world;
  const jobs = transfers.jobs.length;
  const requests = objects.requestsTo(TARGET).length;
  await world.play(QUIET_STEP);
  expectNoViolation(world);
  expect(transfers.jobs.length - jobs, "files sent without need").to.equal(0);
  expect(objects.requestsTo(TARGET).length - requests, "requests without need").to.equal(0);
  expect(objects.keys(REPORTS, "locks/"), "locks").to.deep.equal([]);
}

describe("a sync under faults", function () {
  this.timeout(0);
  const { random } = Math;

  afterEach(() => {
    Math.random = random;
  });

  it("loses nothing, sends nothing twice without need, and accounts for everything", async () => {
    const property = fc.asyncProperty(scenarios, async (scenario) => {
      // The engine's jitter: a scenario has to come out the same when it is played again.
      Math.random = randomNumbers(scenario.jitter);
      await play(scenario);
    });
    await fc.assert(property, PARAMETERS);
  });
});
