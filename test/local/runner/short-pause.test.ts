import { expect } from "chai";
import { shortPause } from "../../../local/runner/short-pause";

async function measure(asked: number, elapsed: number): Promise<number> {
  let now = 0;
  const pause = shortPause(() => now);
  now = elapsed * 1000;
  const started = performance.now();
  await pause(asked, new AbortController().signal);
  return performance.now() - started;
}

describe("shortPause", () => {
  it("is short at first, whatever is asked", async () => {
    expect(await measure(60, 0)).to.be.within(25, 600);
  });

  it("grows with the time that a run takes", async () => {
    expect(await measure(60, 20)).to.be.within(390, 1200);
  });

  it("is never longer than asked", async () => {
    expect(await measure(0, 3600)).to.be.below(25);
  });

  it("ends when the run is aborted", async () => {
    const stop = new AbortController();
    const paused = shortPause(() => 0)(60, stop.signal);
    stop.abort();
    await paused;
    expect(stop.signal.aborted).to.equal(true);
  });
});
