import { expect } from "chai";
import { synthesize } from "../../bench/simulation/deployment";
import type { SliceFigures } from "../../bench/simulation/figures";
import type { Pace } from "../../bench/simulation/paced-connector";
import { evenTree } from "../../bench/simulation/remote-tree";
import type { SimulatedCloudProps } from "../../bench/simulation/simulated-cloud";
import { type Invoker, invokeHere, type RunFigures, Simulation } from "../../bench/simulation/simulation";
import { roundsPerExecutionSchema } from "../../contract/engine-settings";

const KIBIBYTE = 1024;

/** Beside a function's answer in the state: the names of its fields. */
const FIELD_NAMES = 100;

const PACE: Pace = { listingSeconds: 1, fileSeconds: 0.2, connections: 5 };

interface Situation extends Partial<SimulatedCloudProps> {
  /** Settings of cdktf.json. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly invoker?: Invoker;
}

async function simulate({ settings, ...props }: Situation): Promise<Simulation> {
  const tree = props.tree ?? evenTree({ fanOut: [], files: [] });
  return new Simulation({ pace: PACE, ...props, tree, deployed: await synthesize({ settings }) });
}

/** The same for every run, however large. */
function expectWithinLimits({ slices, executions }: RunFigures): void {
  for (const { module, seconds, rootBytes, payloadBytes, answerBytes } of slices) {
    expect(payloadBytes + answerBytes + FIELD_NAMES, `${module}: the state that is passed on`).to.be.below(
      32 * KIBIBYTE,
    );
    expect(seconds, `${module}: seconds`).to.be.below(300);
    expect(rootBytes, `${module}: the root`).to.be.below(32 * KIBIBYTE);
  }
  for (const { historyEvents } of executions) {
    expect(historyEvents).to.be.below(20_000);
  }
}

function slicesOf({ slices }: RunFigures, module: string): SliceFigures[] {
  return slices.filter((slice) => slice.module === module);
}

describe("a run over a large tree", function () {
  this.timeout(120_000);

  it("stays within its limits on a day when every request takes five times as long", async () => {
    const tree = evenTree({ fanOut: [10, 30], files: [10_000, 0, 10] });
    const run = await (await simulate({ tree, slowness: 5 })).start();
    expect(run.report.status).to.equal("SUCCEEDED");
    expect(run.report.files).to.include({ seen: 13_000, transferred: 13_000 });
    expectWithinLimits(run);
  });

  it("stays within its limits with 100,000 folders on the frontier", async () => {
    const tree = evenTree({ fanOut: [10, 10_000], files: [0, 0, 1] });
    const run = await (await simulate({ tree, slowness: 5, settings: { timeouts: { run: 900 } } })).start();
    expect(run.report.error?.name).to.equal("RunTimedOut");
    expect(run.report.folders.listed).to.be.above(200);
    expectWithinLimits(run);
  });

  it("stays within its limits where thousands of files fail, and names the first thousand", async () => {
    const tree = evenTree({ fanOut: [30], files: [0, 100] });
    const pace = { ...PACE, denies: (path: string) => !path.endsWith("0") };
    const run = await (await simulate({ tree, pace, slowness: 5 })).start();
    expect(run.report.error?.name).to.equal("TransferIncomplete");
    expect(run.report.files).to.include({ seen: 3000, transferred: 300, failed: 2700 });
    expect(run.report.failures).to.have.length(1000);
    expectWithinLimits(run);
    const [finish] = slicesOf(run, "finish-run");
    expect(finish?.requests).to.be.below(50);
  });

  it("writes as much in a slice in the middle of a tree of 3,000 folders as in one of 300", async () => {
    // Folders pile up both on the frontier and behind the queue, in many small steps.
    const settings = { connectorLimits: { listingsPerSecond: 0.5, pendingFiles: 50 }, timeouts: { run: 8000 } };
    const pace = { ...PACE, fileSeconds: 60 };
    const small = await (
      await simulate({ tree: evenTree({ fanOut: [10, 30], files: [0, 0, 1] }), pace, settings })
    ).start();
    const large = await (
      await simulate({ tree: evenTree({ fanOut: [10, 10, 30], files: [0, 0, 0, 1] }), pace, settings })
    ).start();
    expect(large.report.folders.listed).to.be.above(9 * small.report.folders.listed);
    for (const module of ["remote-folders-list", "get-list-status", "sync-remote-folder"]) {
      const written = bytesInTheMiddle(large, module);
      // The queues' lists gain a level where a tree grows eightfold; this one grows tenfold.
      expect(written, module).to.be.below(1.7 * bytesInTheMiddle(small, module));
    }
  });

  it("starts listings at their rate, though every call takes a part of that time", async () => {
    const run = await (await simulate({ tree: evenTree({ fanOut: [90], files: [] }) })).start();
    const [, ...waves] = slicesOf(run, "remote-folders-list").filter(({ requests }) => requests > 10);
    // 30 listings at 3 in a second.
    expect(waves.length).to.be.within(2, 4);
    for (const { seconds } of waves) {
      expect(seconds).to.be.within(9.9, 11);
    }
  });

  it("starts the first transfer before the second listing, where the first folder has files", async () => {
    const simulation = await simulate({ tree: evenTree({ fanOut: [100], files: [10, 10] }) });
    await simulation.start();
    expect(simulation.cloud.connector.listingsBeforeTransfers).to.equal(1);
  });

  it("starts the first transfer before the second wave of listings, where the first has folders with files", async () => {
    const simulation = await simulate({ tree: evenTree({ fanOut: [100], files: [0, 10] }) });
    await simulation.start();
    expect(simulation.cloud.connector.listingsBeforeTransfers).to.be.within(2, 31);
  });
});

/** Bytes that a slice of a function writes on average, while the middle fifth of the tree is listed. */
function bytesInTheMiddle(run: RunFigures, module: string): number {
  const rounds = slicesOf(run, "remote-folders-list").findLastIndex(({ requests }) => requests > 10);
  const slices = slicesOf(run, module).slice(Math.floor(0.4 * rounds), Math.floor(0.6 * rounds));
  expect(slices).not.to.be.empty;
  return slices.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0) / slices.length;
}

describe("an execution's history", function () {
  this.timeout(120_000);

  /** Events that one round adds, by executions of different length. */
  async function eventsPerRound(invoker: () => Invoker): Promise<number> {
    const events = await Promise.all(
      [5, 10].map(async (roundsPerExecution) => {
        const tree = evenTree({ fanOut: [200], files: [] });
        const { executions } = await (
          await simulate({
            tree,
            settings: { roundsPerExecution, connectorLimits: { listingsPerSecond: 1 } },
            invoker: invoker(),
          })
        ).start();
        expect(executions.length).to.be.above(1);
        expect(executions[0]?.rounds).to.equal(roundsPerExecution);
        return executions[0]?.historyEvents ?? 0;
      }),
    );
    const [short = 0, long = 0] = events;
    return (long - short) / 5;
  }

  /** Every Task succeeds when all its Retries are used up, and not before. */
  function failing(): Invoker {
    const errors = [
      ...Array<string>(6).fill("Lambda.TooManyRequestsException"),
      ...Array<string>(3).fill("ThrottlingException"),
    ];
    let attempts = 0;
    return async (invocation, ask) => {
      const name = errors[attempts % (errors.length + 1)];
      attempts += 1;
      if (name !== undefined) {
        throw Object.assign(new Error("Rate exceeded"), { name });
      }
      return invokeHere(invocation, ask);
    };
  }

  it("grows with every attempt", async () => {
    expect(await eventsPerRound(() => invokeHere)).to.be.within(15, 30);
    expect(await eventsPerRound(failing)).to.be.within(95, 110);
  });

  it("has less than 20,000 events by default, even if every Task uses up its Retries in every round", async () => {
    const rounds = roundsPerExecutionSchema.parse(undefined);
    expect((await eventsPerRound(failing)) * rounds).to.be.below(20_000);
  });

  it("stays below the service's 25,000 events then, whatever the setting allows", async () => {
    const most = Math.floor(25_000 / (await eventsPerRound(failing)));
    expect(roundsPerExecutionSchema.safeParse(most).success).to.equal(false);
  });
});
