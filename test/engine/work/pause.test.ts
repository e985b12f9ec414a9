import { expect } from "chai";
import { isPaused, pauseIfPostponed, pauseUntilReady, secondsOfPause } from "../../../engine/work/pause";
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
  expect(pauseIfPostponed(work, slice, { status: "refused", retryAfterSeconds })).to.equal(true);
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

  it("is none after another answer", () => {
    const simulation = new Simulation();
    const context = simulation.begin();
    const root = testRoot();
    const work = Work.begin(simulation.objects, context, root);
    const answer = { status: "unknown", message: "" } as const;
    expect(pauseIfPostponed(work, simulation.slice(context), answer)).to.equal(false);
    expect(isPaused(root, simulation.services.clock)).to.equal(false);
  });

  it("lasts until a connector that is not ready was found to be, whatever the time", () => {
    const simulation = new Simulation();
    const context = simulation.begin();
    const { clock } = simulation.services;
    const root = testRoot();
    const work = Work.begin(simulation.objects, context, root);
    expect(pauseIfPostponed(work, simulation.slice(context), { status: "not-ready" })).to.equal(true);
    const since = root.notReadySince;
    expect(since).to.equal(clock.now().toISOString());
    expect(secondsOfPause(root, clock)).to.equal(1.5 * MAX_PAUSE);
    clock.advance(100);
    expect(isPaused(root, clock)).to.equal(true);
    pauseUntilReady(work, simulation.slice(context));
    expect(root.notReadySince).to.equal(since);
  });

  it("is none where nothing was refused", () => {
    const { root, clock } = refused(0.5, 30);
    expect(secondsOfPause({ ...root, pausedUntil: undefined }, clock)).to.equal(0);
  });
});
