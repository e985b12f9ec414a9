import { expect } from "chai";
import { Crash } from "../support/fake-objects";
import { REPORTS } from "../support/run-input";
import { Simulation } from "../support/simulation";

/** A run whose first round hands over; `/data/a` is listed and not yet decided. */
async function listed() {
  const simulation = new Simulation({ roundsPerExecution: 1, timeouts: { inDoubt: 0 } });
  simulation.remote.put("/data/a");
  const context = simulation.begin();
  await simulation.startSlice(context);
  simulation.deliver();
  await simulation.listSlice(context);
  return { simulation, context };
}

describe("a slice that dies on the way to handing over", () => {
  for (const moment of ["before", "after"] as const) {
    it(`${moment} any of its writes is repeated, ends what has arrived meanwhile, and leaves no lock`, async () => {
      let write = 1;
      for (let dies = true; dies; write += 1) {
        const { simulation, context } = await listed();
        const { objects } = simulation;
        objects.crashAt = { write: objects.writes + write, moment };
        const died = await simulation.syncSlice(context).catch((error: unknown) => error);
        dies = died instanceof Crash;
        simulation.services.clock.advance(1);
        simulation.deliver();
        const { Status } = await simulation.syncSlice(context);
        const ended =
          Status === "HANDED_OVER" ? await simulation.pump(simulation.successor(context)) : { context, skipped: false };
        const { report } = await simulation.finish(ended);
        expect(report, `write ${write}`).to.include({ status: "SUCCEEDED" });
        expect(report.files, `write ${write}`).to.include({ transferred: 1 });
        expect(objects.keys(REPORTS, "locks/"), `write ${write}`).to.deep.equal([]);
      }
      expect(write).to.be.above(4);
    });
  }
});
