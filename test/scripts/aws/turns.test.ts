import { expect } from "chai";
import { turns } from "../../../scripts/commands/aws/status/turns";
import { SimulatedClock } from "../../../simulation/clock";

describe("turns", () => {
  it("come at once for the first, then so many a second, and none is saved up", async () => {
    const clock = new SimulatedClock(new Date(0));
    const turn = turns(clock, { atOnce: 2, perSecond: 4 });
    const times: number[] = [];
    for (let number = 1; number <= 5; number += 1) {
      await turn();
      times.push(clock.now().getTime());
    }
    expect(times).to.deep.equal([0, 0, 250, 500, 750]);
  });
});
