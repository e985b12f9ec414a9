import { expect } from "chai";
import { RUN_FUNCTIONS } from "../../contract/run-loop";
import { REPORT_FILE, reportSchema } from "../../engine/report";
import { REPORTS } from "../engine/support/run-input";
import { expectConvergence, expectNoViolation } from "./expectations";
import type { CallFault } from "./world/fault-plan";
import { type Change, type Effect, QUIET_STEP, type Step, type WorldOptions } from "./world/scenario";
import { USUAL_OPTIONS, USUAL_SYNC } from "./world/usual-options";
import { World } from "./world/world";

/** Two calls for one folder, and a folder more. */
const TREE: readonly Change[] = [
  { kind: "addMany", sync: 0, count: 11 },
  { kind: "add", sync: 0, path: "many/sub/x", size: 1, time: "old" },
];

/** The execution is killed when it has started its transfers, of which none has moved. */
const KILLED_IN_FLIGHT: Step = {
  ...QUIET_STEP,
  pace: 0,
  faults: [{ operation: "slice", nth: 6, effect: "kill", moment: "after", slices: 1, changes: [] }],
};

/** The same, but for the ids: nobody has written them down. */
const KILLED_IN_DOUBT: Step = {
  ...QUIET_STEP,
  pace: 0,
  faults: [{ operation: "startTransfer", nth: 2, effect: "kill", moment: "after", slices: 1, changes: [] }],
};

/** The next run comes while files are still on their way. */
const SLOW_STEP: Step = { ...QUIET_STEP, pace: 1 };

/** By the next run one file has come in another size, and a consumer has taken the next one. */
const CHANGED_IN_S3: Step = {
  ...QUIET_STEP,
  executions: [],
  changes: [
    { kind: "resize", at: 0 },
    { kind: "pass", seconds: 1 },
    { kind: "deleteFromS3", at: 1 },
  ],
};

/** What is on its way goes where nobody wants it any more. */
const MOVED_TARGET: Step = { ...QUIET_STEP, executions: [], changes: [{ kind: "moveTarget" }] };

/** The connector's word counts, where S3 does not show a file. */
const TRUSTING: WorldOptions = { ...USUAL_OPTIONS, syncs: [{ ...USUAL_SYNC, missingObject: "accept" }] };

interface Situation {
  readonly name: string;
  readonly options: WorldOptions;
  readonly before: readonly Step[];
  /** Files that these leave on their way. */
  readonly inFlight: number;
  /** What others do while a Lambda hangs. */
  readonly meanwhile: Pick<CallFault, "slices" | "changes">;
  /** Files that there is reason to send to the same place a second time. */
  readonly again: number;
}

const FIRST_RUN: Situation = {
  name: "a first run",
  options: USUAL_OPTIONS,
  before: [],
  inFlight: 0,
  meanwhile: { slices: 4, changes: [] },
  again: 0,
};

/** The others get as far as to copy and record a file that is not as the struck Lambda has seen it. */
const CHANGING: Situation = { ...FIRST_RUN, meanwhile: { slices: 12, changes: [{ kind: "resize", at: 0 }] }, again: 1 };

const SITUATIONS: readonly Situation[] = [
  FIRST_RUN,
  {
    ...FIRST_RUN,
    name: "a run that hands over after each round",
    options: { ...USUAL_OPTIONS, roundsPerExecution: 1 },
  },
  {
    ...FIRST_RUN,
    name: "a run that finds transfers of a dead one in flight",
    before: [KILLED_IN_FLIGHT],
    inFlight: 11,
  },
  {
    ...FIRST_RUN,
    name: "a run that finds transfers of a dead one in doubt",
    before: [KILLED_IN_DOUBT],
    inFlight: 11,
  },
  {
    ...FIRST_RUN,
    name: "a run that finds transfers of a dead one ended, and not all as they were listed",
    before: [KILLED_IN_FLIGHT, CHANGED_IN_S3],
    // What came in another size too: that S3 holds some bytes of its new size does not prove which.
    again: 2,
  },
  {
    ...FIRST_RUN,
    name: "a run that finds transfers of a dead one in flight to another prefix",
    options: TRUSTING,
    before: [KILLED_IN_FLIGHT, MOVED_TARGET],
    inFlight: 11,
  },
  {
    ...FIRST_RUN,
    name: "a first run without a ledger",
    options: { ...USUAL_OPTIONS, syncs: [{ ...USUAL_SYNC, changeDetection: "modified-time" }] },
  },
];

/** What may strike, and how a test's name says it. */
type Strikes = readonly (readonly [Effect, string])[];

/** What dies before a later call has died after the one before it. */
const FIRST_CALL_ONLY = 1;

const DEATHS: Strikes = [
  ["crash", "dies, and is invoked again"],
  ["kill", "dies with its execution"],
];

const ZOMBIE: Strikes = [["zombie", "goes on after another run has taken over"]];

const COMPANY: Strikes = [
  ["error", "meets a service that fails"],
  ["twin", "runs a second time meanwhile"],
  ["straggle", "is given up on, and goes on all the same"],
  ...ZOMBIE,
  ["rival", "meets another start of the sync"],
];

/** @returns `undefined` where the Lambda does not call so often. */
async function struckWorld({ options, before, inFlight }: Situation, fault: CallFault): Promise<World | undefined> {
  const world = new World(options);
  for (const change of TREE) {
    world.change(change);
  }
  for (const step of before) {
    await world.play(step);
  }
  expect(world.transfers.queued).to.equal(inFlight);
  await world.play(SLOW_STEP, fault);
  if (world.faults.callsOf(fault.lambda) < fault.nth) {
    return undefined;
  }
  await world.play(SLOW_STEP);
  return world;
}

/**
 * Every run that came to its end succeeded or stood aside, and every file was asked for once in all of them together.
 * @param again so many may have been asked for twice.
 */
function expectNoFailure({ objects, transfers }: World, again: number): void {
  const reports = objects.keys(REPORTS, "runs/").filter((key) => key.endsWith(REPORT_FILE));
  const statuses = reports.map((key) => reportSchema.parse(JSON.parse(objects.text(REPORTS, key) ?? "")).status);
  expect(statuses).to.include("SUCCEEDED").and.not.include("FAILED");
  const keys = transfers.jobs.map(({ key }) => key);
  expect(keys.length - new Set(keys).size, "files sent again").to.be.at.most(again);
}

/** @returns how many calls there were to strike, one by one. */
async function strikeCalls(
  situation: Situation,
  strike: Pick<CallFault, "lambda" | "effect" | "moment">,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  let nth = 1;
  for (let struck = true; struck && nth <= most; nth += 1) {
    const world = await struckWorld(situation, { ...strike, ...situation.meanwhile, nth });
    struck = world !== undefined;
    try {
      if (world !== undefined) {
        expectNoViolation(world);
        await expectConvergence(world, 1);
        expectNoFailure(world, situation.again);
      }
    } catch (error) {
      throw new Error(`${strike.moment} call ${nth}`, { cause: error });
    }
  }
  return nth - 1;
}

function declare(situation: Situation, strikes: Strikes): void {
  for (const lambda of RUN_FUNCTIONS) {
    for (const [effect, what] of strikes) {
      it(`${lambda}, before and after each of its calls, ${what}`, async () => {
        const most = strikes === DEATHS ? FIRST_CALL_ONLY : Number.POSITIVE_INFINITY;
        await strikeCalls(situation, { lambda, effect, moment: "before" }, most);
        expect(await strikeCalls(situation, { lambda, effect, moment: "after" }), "calls").to.be.above(3);
      });
    }
  }
}

describe("whenever a Lambda is struck, everything is copied once and accounted for:", function () {
  this.timeout(0);
  for (const situation of SITUATIONS) {
    describe(situation.name, () => declare(situation, DEATHS));
  }
  describe("a first run in company", () => declare(FIRST_RUN, COMPANY));
  describe("a first run, of which a file changes meanwhile", () => declare(CHANGING, ZOMBIE));
});
