import { expect } from "chai";
import { newRoot } from "../../../functions/shared/work/root";
import { Work } from "../../../functions/shared/work/work";
import { type Movement, nextWait } from "../../../functions/sync-remote-folder/wait";
import { START } from "../support/fake-services";
import { Simulation } from "../support/simulation";

interface Situation {
  readonly lastWait: number;
  readonly inFlight?: number;
  readonly listings?: number;
  readonly pausedSeconds?: number;
}

function wait({ lastWait, inFlight = 0, listings = 0, pausedSeconds }: Situation, movement: Movement): number {
  const simulation = new Simulation();
  const context = simulation.begin();
  const startedAt = START.toISOString();
  const root = newRoot({
    folder: "/data",
    windowStart: undefined,
    startedAt: START,
    deadline: START,
    transfers: inFlight === 0 ? [] : [{ key: `${context.prefix}k`, startedAt, pending: [0], files: inFlight }],
    warnings: [],
  });
  root.lastWait = lastWait;
  root.waves = listings === 0 ? [] : [{ id: "w", startedAt, pending: Array.from({ length: listings }, (_, i) => i) }];
  if (pausedSeconds !== undefined) {
    root.pausedUntil = new Date(START.getTime() + pausedSeconds * 1000).toISOString();
  }
  return nextWait(Work.begin(simulation.objects, context, root), simulation.slice(context), movement);
}

const NOTHING: Movement = { verified: 0, any: false };
const MOVED: Movement = { verified: 0, any: true };

describe("the wait between two rounds", () => {
  const cases: readonly (readonly [string, Situation, Movement, number])[] = [
    ["doubles while nothing moves", { lastWait: 8, inFlight: 10 }, NOTHING, 16],
    ["ends doubling at a minute", { lastWait: 50, inFlight: 10 }, NOTHING, 60],
    ["is short again once something moved", { lastWait: 50, inFlight: 10 }, MOVED, 2],
    ["stays short while listings are awaited", { lastWait: 50, inFlight: 10, listings: 1 }, NOTHING, 10],
    ["lasts for half of what is in flight", { lastWait: 10, inFlight: 40 }, { verified: 20, any: true }, 10],
    ["never runs the queue dry for long", { lastWait: 60, inFlight: 900 }, { verified: 10, any: true }, 60],
    ["is over at once where work is at hand", { lastWait: 8 }, MOVED, 1],
    ["lasts for the pause that the service asked for", { lastWait: 1, pausedSeconds: 7 }, NOTHING, 7],
    ["ignores a pause that is over", { lastWait: 8, pausedSeconds: -5 }, NOTHING, 1],
  ];
  for (const [name, situation, movement, expected] of cases) {
    it(name, () => {
      expect(wait(situation, movement)).to.equal(expected);
    });
  }
});
