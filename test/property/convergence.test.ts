import fc from "fast-check";
import { randomNumbers } from "../support/random";
import { expectConvergence, expectNoViolation } from "./expectations";
import { scenarios } from "./world/arbitraries";
import type { Scenario } from "./world/scenario";
import { World } from "./world/world";

/** Within so many runs after the faults everything is as it should be. */
const RUNS_TO_CONVERGE = 3;

/** The longest that a file has to settle. */
const SETTLING_SECONDS = 600;

/** How many scenarios; without it, few and always the same ones: a change is tested, not one's luck. */
const { PROPERTY_RUNS } = process.env;
const USUAL = { numRuns: 400, seed: 20261124 };

/** A failure prints seed and path; given back, they play that one scenario again. */
const { PROPERTY_SEED, PROPERTY_PATH } = process.env;

const PARAMETERS: fc.Parameters<[Scenario]> = {
  ...(PROPERTY_RUNS === undefined ? USUAL : { numRuns: Number(PROPERTY_RUNS) }),
  ...(PROPERTY_SEED === undefined ? {} : { seed: Number(PROPERTY_SEED) }),
  ...(PROPERTY_PATH === undefined ? {} : { path: PROPERTY_PATH, endOnFailure: true }),
};

async function play({ options, tree, steps, pause, jitter }: Scenario): Promise<void> {
  const world = new World(options, randomNumbers(jitter));
  for (const change of tree) {
    world.change(change);
  }
  for (const step of steps) {
    await world.play(step);
    expectNoViolation(world);
  }
  await expectConvergence(world, RUNS_TO_CONVERGE + runsToSettle(pause), pause);
}

/** Runs in which a file may be too young yet. */
function runsToSettle(pause: number): number {
  return pause > SETTLING_SECONDS ? 0 : Math.ceil(SETTLING_SECONDS / pause);
}

describe("a sync under faults", function () {
  this.timeout(0);

  it("loses nothing, sends nothing twice without need, and accounts for everything", async () => {
    await fc.assert(fc.asyncProperty(scenarios, play), PARAMETERS);
  });
});
