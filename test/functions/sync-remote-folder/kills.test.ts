import { expect } from "chai";
import type { StartOutcome } from "../../../functions/shared/services";
import { Crash } from "../support/fake-objects";
import { Simulation } from "../support/simulation";

const PATHS = ["/data/a", "/data/b", "/data/sub/c", "/data/sub/d", "/data/sub/deeper/e"];

/** Dies at the n-th Start* call: before it, or after it had its effect. */
function dyingAtCall(call: number, moment: "before" | "after"): Simulation {
  const simulation = new Simulation();
  for (const path of PATHS) {
    simulation.remote.put(path);
  }
  let calls = 0;
  const { connector } = simulation;
  const dying =
    <T>(start: (request: T) => Promise<StartOutcome>) =>
    async (request: T) => {
      calls += 1;
      if (calls === call && moment === "before") {
        throw new Crash(`before call ${call}`);
      }
      const outcome = await start(request);
      if (calls === call) {
        throw new Crash(`after call ${call}`);
      }
      return outcome;
    };
  connector.startListing = dying(connector.startListing.bind(connector));
  connector.startTransfer = dying(connector.startTransfer.bind(connector));
  return simulation;
}

describe("a Lambda that dies at a Start* call", () => {
  for (const moment of ["before", "after"] as const) {
    for (let call = 1; call <= 6; call += 1) {
      it(`${moment} call ${call}, and is invoked again: everything is copied, once`, async () => {
        const simulation = dyingAtCall(call, moment);
        const { report } = await simulation.run();
        expect(report.status).to.equal("SUCCEEDED");
        expect(simulation.ledgerPaths()).to.have.members(PATHS);
        expect(simulation.targetPaths()).to.deep.equal(PATHS);
        expect(simulation.connector.requestedPaths()).to.have.members(PATHS);
        expect(report.files).to.include({ seen: PATHS.length, transferred: PATHS.length, unfinished: 0 });
      });
    }
  }
});
