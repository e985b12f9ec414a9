import { expect } from "chai";
import { isPaused, pauseAfterRefusal, secondsOfPause } from "../../../engine/work/pause";
import { Work } from "../../../engine/work/work";
import { Simulation } from "../support/simulation";
import { testRoot } from "../support/test-root";

/** The setting's default: `timeouts.maxPause`. */
const MAX_PAUSE = 10;

/** A run that was refused just now. */
function refused(random: number, retryAfterSeconds: number | undefined) {
  const simulation = new Simulation({}, () => random);
  const context = simulation.begin();
  const root = testRoot();
  const work = Work.begin(simulation.objects, context, root);
  const slice = simulation.slice(context);
  expect(slice.env.timeouts.maxPause).to.equal(MAX_PAUSE);
  pauseAfterRefusal(work, slice, retryAfterSeconds);
  return { root, clock: simulation.services.clock };
}

describe("the pause after a refusal", () => {
  const cases: readonly (readonly [number, number | undefined, number])[] = [
    [0, undefined, 0],
    [0.25, undefined, 2.5],
    [0.5, undefined, 5],
    [0.999, undefined, 9.99],
    [0, 0, 0],
    [0.5, 0, 5],
    [0, 30, 30],
    [0.5, 30, 35],
    [0.999, 30, 39.99],
  ];
  for (const [jitter, retryAfterSeconds, expected] of cases) {
    const asked = retryAfterSeconds === undefined ? "says nothing" : `asks for ${retryAfterSeconds} seconds`;
    it(`that ${asked} is ${expected} seconds where chance says ${jitter}`, () => {
      const { root, clock } = refused(jitter, retryAfterSeconds);
      expect(secondsOfPause(root, clock)).to.equal(expected);
      expect(isPaused(root, clock)).to.equal(expected > 0);
    });
  }

  it("shrinks as time passes, and is over at its end", () => {
    const { root, clock } = refused(0.5, 30);
    clock.advance(34);
    expect(secondsOfPause(root, clock)).to.equal(1);
    expect(isPaused(root, clock)).to.equal(true);
    clock.advance(1);
    expect(isPaused(root, clock)).to.equal(false);
    clock.advance(1);
    expect(secondsOfPause(root, clock)).to.equal(0);
  });

  it("is none where nothing was refused", () => {
    const { root, clock } = refused(0.5, 30);
    expect(secondsOfPause({ ...root, pausedUntil: undefined }, clock)).to.equal(0);
  });
});
