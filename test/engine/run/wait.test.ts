import { expect } from "chai";
import { type Movement, nextWait } from "../../../engine/run/wait";
import { Work } from "../../../engine/work/work";
import { START } from "../support/fake-services";
import { Simulation } from "../support/simulation";
import { testRoot } from "../support/test-root";

interface Situation {
  readonly lastWait: number;
  readonly inFlight?: number;
  readonly listings?: number;
  /** Folders on the frontier. */
  readonly folders?: number;
  readonly pausedSeconds?: number;
  readonly isNotReady?: boolean;
  /** Until the rate allows the next listing. */
  readonly pacedSeconds?: number;
  /** Until a folder may be listed again; there is none without it. */
  readonly repeatSeconds?: number;
}

function inSeconds(seconds: number): string {
  return new Date(START.getTime() + seconds * 1000).toISOString();
}

async function wait(
  {
    lastWait,
    inFlight = 0,
    listings = 0,
    folders = 0,
    pausedSeconds,
    isNotReady = false,
    pacedSeconds,
    repeatSeconds,
  }: Situation,
  movement: Movement,
): Promise<number> {
  const simulation = new Simulation();
  const context = simulation.begin();
  const startedAt = START.toISOString();
  const root = testRoot({
    transfers:
      inFlight === 0
        ? []
        : [
            {
              key: `${context.prefix}k`,
              startedAt,
              revision: 0,
              together: 1,
              pending: [0],
              files: inFlight,
              queued: true,
            },
          ],
  });
  root.lastWait = lastWait;
  root.waves =
    listings === 0
      ? []
      : [{ id: "w", startedAt, revision: 0, together: 1, pending: Array.from({ length: listings }, (_, i) => i) }];
  if (isNotReady) {
    root.notReadySince = startedAt;
  }
  if (pausedSeconds !== undefined) {
    root.pausedUntil = inSeconds(pausedSeconds);
  }
  if (pacedSeconds !== undefined) {
    root.listingsPacedUntil = inSeconds(pacedSeconds);
  }
  const work = Work.begin(simulation.objects, context, root);
  work.frontier.append(
    Array.from({ length: folders }, (_, index) => ({ folder: `/data/${index}`, depth: 1, attempt: 0 })),
  );
  if (repeatSeconds !== undefined) {
    work.repeats.append([{ folder: "/data/again", depth: 1, attempt: 1, notBefore: inSeconds(repeatSeconds) }]);
  }
  return nextWait(work, simulation.slice(context), movement);
}

const NOTHING: Movement = { verified: 0, seconds: 10, secondsAgo: 0, any: false, cutShort: false };
const MOVED: Movement = { ...NOTHING, any: true };

/** Twenty files arrived in ten seconds. */
const ARRIVED: Movement = { ...MOVED, verified: 20 };
const CUT_SHORT: Movement = { ...ARRIVED, cutShort: true };

describe("the wait between two rounds", () => {
  const cases: readonly (readonly [string, Situation, Movement, number])[] = [
    ["doubles while nothing moves", { lastWait: 8, inFlight: 10 }, NOTHING, 16],
    ["ends doubling at a minute", { lastWait: 50, inFlight: 10 }, NOTHING, 60],
    ["is short again once something moved", { lastWait: 50, inFlight: 10 }, MOVED, 2],
    ["stays short while listings are awaited", { lastWait: 50, inFlight: 10, listings: 1 }, NOTHING, 10],
    ["lasts for half of what is in flight", { lastWait: 1, inFlight: 40 }, ARRIVED, 10],
    ["counts what must have ended since", { lastWait: 1, inFlight: 40 }, { ...ARRIVED, secondsAgo: 12 }, 4],
    [
      "is short where nothing can be in flight any more",
      { lastWait: 1, inFlight: 40 },
      { ...ARRIVED, secondsAgo: 30 },
      1,
    ],
    ["ends at a minute when files arrive slowly", { lastWait: 1, inFlight: 900 }, ARRIVED, 60],
    ["is short while listings are awaited and files arrive", { lastWait: 1, inFlight: 900, listings: 1 }, ARRIVED, 10],
    ["is over at once where work is at hand", { lastWait: 8 }, MOVED, 1],
    ["is over at once where folders are to be listed", { lastWait: 8, inFlight: 900, folders: 1 }, ARRIVED, 1],
    ["awaits listings where no more may be started", { lastWait: 8, listings: 200, folders: 1 }, NOTHING, 10],
    ["waits out a pause with folders to list", { lastWait: 8, listings: 1, folders: 1, pausedSeconds: 7 }, NOTHING, 7],
    ["is over at once where the time was up before the work", { lastWait: 8, inFlight: 9 }, CUT_SHORT, 1],
    ["lasts for the pause that the service asked for", { lastWait: 1, pausedSeconds: 7 }, NOTHING, 7],
    ["lasts until the rate allows the next listing", { lastWait: 1, folders: 1, pacedSeconds: 20 }, NOTHING, 20],
    ["ends at a minute where the rate allows none for long", { lastWait: 1, folders: 1, pacedSeconds: 333 }, MOVED, 60],
    [
      "is over when the rate allows a listing",
      { lastWait: 50, inFlight: 900, folders: 1, pacedSeconds: 3 },
      NOTHING,
      3,
    ],
    ["does not wait for the rate with nothing to list", { lastWait: 8, inFlight: 9, pacedSeconds: 3 }, NOTHING, 16],
    ["lasts until a folder may be listed again", { lastWait: 1, repeatSeconds: 20 }, NOTHING, 20],
    ["is over when a folder may be listed again", { lastWait: 50, inFlight: 900, repeatSeconds: 3 }, NOTHING, 3],
    ["lists new folders meanwhile", { lastWait: 50, folders: 1, repeatSeconds: 20 }, NOTHING, 1],
    ["does not wait for a repetition in vain", { lastWait: 4, listings: 200, repeatSeconds: 1 }, NOTHING, 8],
    [
      "ends when a connector that is not ready may be asked again",
      { lastWait: 8, inFlight: 9, pausedSeconds: 3, isNotReady: true },
      NOTHING,
      3,
    ],
    ["ignores a pause that is over", { lastWait: 8, pausedSeconds: -5 }, NOTHING, 1],
  ];
  for (const [name, situation, movement, expected] of cases) {
    it(name, async () => {
      expect(await wait(situation, movement)).to.equal(expected);
    });
  }
});
