import { expect } from "chai";
import { synthesize } from "../../../bench/simulation/deployment";
import { type EvenTree, evenTree } from "../../../bench/simulation/remote-tree";
import type { Request } from "../../../bench/simulation/requests";
import { invokeHere, type RunFigures, Simulation } from "../../../bench/simulation/simulation";
import { ACCOUNT_BYTES_PER_SECOND } from "../../../contract/engine-settings";
import { countsOfRun, type RunVolume } from "../../../scripts/commands/cost/run-counts";
import { testSettings } from "../../stacks/support";

interface Case {
  readonly what: string;
  readonly tree: EvenTree;
  /** Of one file over one of five connections. */
  readonly fileSeconds: number;
  readonly folders: number;
  readonly files: number;
  /** Default: as many as can be. */
  readonly roundsPerExecution?: number;
}

/** Trees of several shapes; none was chosen for the formula's sake. */
const CASES: readonly Case[] = [
  { what: "a file", tree: { fanOut: [], files: [1] }, fileSeconds: 0.5, folders: 1, files: 1 },
  {
    what: "a slow server",
    tree: { fanOut: [], files: [400] },
    fileSeconds: 15,
    folders: 1,
    files: 400,
    roundsPerExecution: 9,
  },
  { what: "ten folders", tree: { fanOut: [10], files: [0, 37] }, fileSeconds: 1, folders: 11, files: 370 },
  { what: "many folders", tree: { fanOut: [5, 20], files: [3, 0, 2] }, fileSeconds: 1, folders: 106, files: 203 },
];

const WRITES = ["write", "page", "remove"];
const READS = ["read", "head"];

interface Counted {
  readonly run: RunFigures;
  readonly requests: ReadonlyMap<string, number>;
  readonly listings: number;
  readonly transfers: number;
}

/** The first run of a sync, and one in which nothing has changed. */
async function runsOf({ tree, fileSeconds, roundsPerExecution }: Case): Promise<Counted[]> {
  let requests = new Map<string, number>();
  const note = (request: Request) => {
    const name = request.kind === "call" && request.service === "objects" ? request.method : "other";
    requests.set(name, (requests.get(name) ?? 0) + 1);
  };
  const simulation = new Simulation({
    deployed: await synthesize({ settings: { roundsPerExecution } }),
    tree: evenTree(tree),
    pace: { listingSeconds: 1, fileSeconds, connections: 5 },
    invoker: (invocation, ask) =>
      invokeHere(invocation, (request, at) => {
        note(request);
        return ask(request, at);
      }),
  });
  const counted: Counted[] = [];
  for (const _ of ["first", "unchanged"]) {
    requests = new Map();
    const before = { ...simulation.cloud.connector.calls };
    const run = await simulation.start();
    const { listings, transfers } = simulation.cloud.connector.calls;
    counted.push({
      run,
      requests,
      listings: listings - before.listings,
      transfers: transfers - before.transfers,
    });
  }
  return counted;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe("what a run is reckoned to ask for", function () {
  this.timeout(120_000);

  for (const one of CASES) {
    it(`is what the simulation of a run asks for, or near to it: ${one.what}`, async () => {
      const [first, unchanged] = await runsOf(one);
      for (const [counted, files] of [[first, one.files] as const, [unchanged, 0] as const]) {
        if (counted === undefined) {
          throw new Error("no run");
        }
        // As many bytes as the account would move in the time that the files take.
        const bytes = ((files * one.fileSeconds) / 5) * ACCOUNT_BYTES_PER_SECOND;
        const volume: RunVolume = { folders: one.folders, files, bytes };
        const settings = testSettings({ roundsPerExecution: one.roundsPerExecution });
        const counts = countsOfRun(volume, { ...settings, bytesPerSecond: ACCOUNT_BYTES_PER_SECOND });
        const { run, requests, listings, transfers } = counted;
        expect(counts.listings, "listings").to.equal(listings);
        expect(transfers, "transfers").to.be.within(counts.transfers, counts.mostTransfers);
        const rounds = sum(run.executions.map((execution) => execution.rounds));
        const isNear = (value: number, measured: number, what: string, slack: number) =>
          expect(value, what).to.be.within(0.6 * measured - slack, 1.5 * measured + slack);
        isNear(counts.rounds, rounds, "rounds", 3);
        isNear(counts.lambdaSeconds, sum(run.slices.map(({ seconds }) => seconds)), "seconds of Lambda", 3);
        const asked = (names: readonly string[]) => sum(names.map((name) => requests.get(name) ?? 0));
        isNear(counts.s3Writes - listings - files, asked(WRITES), "writes", 15);
        isNear(counts.s3Reads, asked(READS), "reads", 25);
        // Of as many rounds as there were, exactly.
        expect(run.slices.length, "invocations").to.equal(counts.invocations + 3 * (rounds - counts.rounds));
        const transitions = sum(run.executions.map((execution) => execution.transitions));
        const more = 6 * (rounds - counts.rounds) + (run.executions.length - counts.executions);
        expect(transitions, "transitions").to.equal(counts.transitions + more);
      }
    });
  }
});
