import { expect } from "chai";
import { EMBEDDED, type RemoteServer } from "../end-to-end/remote-servers";
import { World } from "../end-to-end/world";
import { CHANGES } from "./changes";
import { CRASHES } from "./crashes";
import { DEFECTS, ofTheSample } from "./defects";
import { FILES } from "./files";
import { LIMITS } from "./limits";
import { LISTINGS } from "./listings";
import { RESULTS } from "./results";
import { runScenario } from "./run-scenario";
import type { Scenario } from "./scenario";
import { TREES } from "./trees";

const TABLE: Readonly<Record<string, readonly Scenario[]>> = {
  "limits of the service": LIMITS,
  listings: LISTINGS,
  files: FILES,
  "results of transfers": RESULTS,
  changes: CHANGES,
  "crashes of functions": CRASHES,
  trees: TREES,
};

describe("scenarios", function () {
  this.timeout(120_000);
  let remote: RemoteServer | undefined;
  let world: World;

  before(async () => {
    remote = await EMBEDDED.start();
    world = await World.create(remote);
  });
  after(async () => {
    await world?.close();
    await remote?.close();
  });

  it("have every defect of the sample among them", () => {
    const defects = Object.values(TABLE)
      .flat()
      .flatMap(({ defect }) => defect ?? []);
    // `two-syncs.test.ts` has the one that takes a definition with two syncs.
    expect([...defects, "oneName"]).to.have.members(Object.keys(DEFECTS));
  });

  for (const [subject, scenarios] of Object.entries(TABLE)) {
    describe(subject, () => {
      for (const scenario of scenarios) {
        const name = scenario.defect === undefined ? scenario.name : `${scenario.name} ${ofTheSample(scenario.defect)}`;
        it(name, () => runScenario(world, scenario));
      }
    });
  }
});
