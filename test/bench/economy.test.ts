import { expect } from "chai";
import type { BenchCase } from "../../bench/cases";
import { goalsOf, isMet, perThousandFiles } from "../../bench/goals";
import { type BenchRun, measure } from "../../bench/measure";
import { synthesize } from "../../bench/simulation/deployment";
import { evenTree } from "../../bench/simulation/remote-tree";
import { Turns } from "../../bench/simulation/turns";
import { benchTable } from "../../bench/table";
import { SimulatedClock } from "../../simulation/clock";

const MIB = 1024 ** 2;

const SHAPE = { fanOut: [2, 1], files: [0, 0, 20], fileBytes: MIB };

/** Two syncs, each with a folder of 20 files in its own. */
const SMALL: BenchCase = {
  ...{
    name: "small",
    title: "two syncs",
    folders: ["d0", "d1"],
    runs: 2,
    oneChangedOf: 10,
    levels: 1,
    levelsToFiles: 1,
  },
  ...{ shape: SHAPE, tree: evenTree(SHAPE) },
  pace: { listingSeconds: 1, fileSeconds: 0.5, connections: 5 },
};

async function runsOf(bench: BenchCase): Promise<BenchRun[]> {
  const runs: BenchRun[] = [];
  for await (const run of measure(bench, await synthesize({ folders: bench.folders ?? [] }))) {
    runs.push(run);
  }
  return runs;
}

describe("what a simulated run costs", function () {
  this.timeout(60_000);

  it("is counted over all syncs that run at a time, beside the bound and the sample", async () => {
    const [first, second] = await runsOf(SMALL);
    expect(first?.totals).to.include({ status: "SUCCEEDED", folders: 4, files: 40, executions: 2 });
    expect(second?.totals).to.include({ status: "SUCCEEDED", folders: 4, files: 40 });
    expect(first?.totals.calls).to.include({ listings: 4, transfers: 4 });
    // Of each folder's 20 files two have changed.
    expect(second?.totals.calls).to.include({ listings: 4, transfers: 2 });
    const economy = first?.totals.economy;
    expect(economy?.connectorPuts).to.equal(4 + 40);
    const slices = first?.functions.reduce((sum, { slices }) => sum + slices, 0);
    expect(economy?.invocations).to.equal(slices);
    // 40 MiB and 780 bytes, and eight calls: the sample makes as many.
    const connector = ((40 * MIB + 2 * 190) / 1024 ** 3) * 0.4 + 8 * 0.001;
    expect(economy?.connectorDollars).to.be.closeTo(connector, 1e-9);
    expect(economy?.sampleConnectorDollars).to.be.closeTo(connector, 1e-9);
    expect(economy?.dollars).to.be.above(connector);
    // Two listings one after the other, then 40 files of half a second over five connections.
    expect(economy?.bound).to.deep.equal({ listings: 4, seconds: 2 + 4 });
    expect(economy?.seconds).to.be.at.least(6);
    expect(first?.totals.idleShare).to.be.within(0, 1);
  });

  it("has goals, of which those for 1,000 files are for the large tree", async () => {
    const economy = {
      ...{ transitions: 13_000, invocations: 1, gigabyteSeconds: 39_000, connectorPuts: 0, seconds: 103 },
      ...{ dollars: 9, connectorDollars: 1.994, sampleConnectorDollars: 1.988, bound: { seconds: 100, listings: 100 } },
      s3: { read: 1, head: 2, write: 3, page: 4, remove: 5 },
    };
    const totals = {
      ...{ status: "SUCCEEDED", folders: 100, files: 1_000_000, hours: 1, executions: 1, mostHistoryEvents: 10 },
      ...{ calls: { listings: 106, transfers: 0, results: 0, refused: 0 }, idleSeconds: 0, idleShare: 0.25, economy },
    };
    const met = (name: string) => goalsOf({ name, totals }).map((goal) => [goal.what, isMet(goal)]);
    expect(met("folders")).to.deep.equal([
      ["time, of the bound", true],
      ["listings, of the bound", false],
      ["connector's dollars, beside the sample's", true],
    ]);
    expect(met("million").slice(2, 4)).to.deep.equal([
      ["transitions for 1,000 files", false],
      ["GB-seconds for 1,000 files", true],
    ]);
    expect(perThousandFiles({ files: 10 })(5)).to.equal(5);
    const text = benchTable({ name: "folders", title: "folders", run: 1, functions: [], totals });
    expect(text).to.include("S3: 1 GET, 2 HEAD, 3 PUT, 4 LIST, 5 DELETE").and.to.include("idle for 25.0%");
    expect(text).to.include("MISSED: listings, of the bound 1.06, at most 1.05");
  });
});

describe("turns on a virtual clock", () => {
  it("go to whoever's time comes first, once all wait, also for several times at once", async () => {
    const clock = new SimulatedClock(new Date(0));
    const turns = new Turns(clock);
    const told: [string, number][] = [];
    const party = (name: string, waits: readonly (readonly number[])[]) => {
      const { take, until } = turns.party();
      return take(async () => {
        for (const together of waits) {
          const now = clock.now().getTime();
          await Promise.all(together.map((milliseconds) => until(now + milliseconds)));
          told.push([name, clock.now().getTime()]);
        }
      });
    };
    await Promise.all([party("a", [[30], [30, 10, 20], [5]]), party("b", [[20], [20], [100]])]);
    expect(told).to.deep.equal([
      ["b", 20],
      ["a", 30],
      ["b", 40],
      ["a", 60],
      ["a", 65],
      ["b", 140],
    ]);
  });
});
