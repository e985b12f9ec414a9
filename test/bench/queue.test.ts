import { expect } from "chai";
import { synthesize } from "../../bench/simulation/deployment";
import { type EvenTree, evenTree } from "../../bench/simulation/remote-tree";
import { type RunFigures, Simulation } from "../../bench/simulation/simulation";

interface Watched extends RunFigures {
  readonly rounds: number;
  readonly idleSeconds: number;
  readonly calls: Simulation["cloud"]["connector"]["calls"];
}

/** A run over a connector with five connections, each of which takes so long for a file. */
async function watch(tree: EvenTree, fileSeconds: number): Promise<Watched> {
  const pace = { listingSeconds: 1, fileSeconds, connections: 5 };
  const simulation = new Simulation({ deployed: await synthesize(), tree: evenTree(tree), pace });
  const run = await simulation.start();
  expect(run.report.status).to.equal("SUCCEEDED");
  const { calls, idleSeconds } = simulation.cloud.connector;
  expect(calls.refused, "refusals").to.equal(0);
  const rounds = run.executions.reduce((sum, execution) => sum + execution.rounds, 0);
  return { ...run, calls, idleSeconds, rounds };
}

/** `fileSeconds` over five connections: seconds from file to file. */
describe("the connector's queue", function () {
  this.timeout(120_000);

  it("never runs dry while ten files arrive in a second, and is asked about once for each call", async () => {
    const { idleSeconds, calls, rounds } = await watch({ fanOut: [], files: [10_000] }, 0.5);
    expect(idleSeconds).to.equal(0);
    expect(calls.transfers).to.equal(1000);
    expect(calls.results).to.be.below(1.2 * calls.transfers);
    expect(rounds).to.be.below(40);
  });

  it("never runs dry while folders are still being listed", async () => {
    const { idleSeconds, calls } = await watch({ fanOut: [10, 30], files: [0, 0, 10] }, 1);
    expect(idleSeconds).to.equal(0);
    expect(calls.transfers).to.equal(300);
  });

  it("is looked at once a minute while little arrives", async () => {
    const { idleSeconds, calls, rounds, seconds } = await watch({ fanOut: [], files: [1500] }, 25);
    expect(idleSeconds).to.equal(0);
    expect(seconds).to.be.above(1500 * 5);
    expect(rounds).to.be.below(seconds / 60 + 10);
    // The connections work on files of one or two calls at a time, and it takes one more to know that nothing follows.
    expect(calls.results).to.be.below(calls.transfers + 6 * rounds);
  });

  it("costs a few requests while many small calls wait in it", async () => {
    const { slices, seconds } = await watch({ fanOut: [300], files: [0, 1] }, 100);
    expect(seconds).to.be.above(300 * 20);
    const waiting = slices.filter(({ module }) => module === "sync-remote-folder").slice(20);
    expect(waiting).not.to.be.empty;
    for (const { requests } of waiting) {
      // Of the calls before: verify, record. Of those at work: intents, ids, results. All others wait their turn unasked.
      expect(requests).to.be.below(50);
    }
  });

  it("hardly ever runs dry while a hundred files arrive in a second", async () => {
    const { calls, idleSeconds, seconds } = await watch({ fanOut: [], files: [5000] }, 0.05);
    expect(idleSeconds).to.be.below(1);
    expect(seconds).to.be.below(60);
    expect(calls.results).to.be.below(1.2 * calls.transfers);
  });
});
