import { expect } from "chai";
import type { StartOutcome } from "../../../engine/ports/services";
import { loadWork } from "../../../engine/work/load";
import { type Limits, PREFIX, REPORTS, TARGET } from "../support/run-input";
import { Simulation } from "../support/simulation";

const UNKNOWN: StartOutcome = { status: "unknown", message: "socket hang up" };
const REFUSED: StartOutcome = { status: "refused", retryAfterSeconds: 0 };
const REJECTED: StartOutcome = { status: "rejected", name: "InvalidRequestException", message: "no" };

/** Calls of one intent: more of them than the connector has connections. */
const OPEN = 10;

const LAST = "/data/f100";

/** Ten calls that do not end, of a hundred files; then, in a group of its own, one of a single file. */
async function started(answer: StartOutcome | undefined, limits: Limits = {}) {
  const simulation = new Simulation(limits);
  for (let index = 0; index <= OPEN * 10; index += 1) {
    simulation.remote.put(`/data/f${String(index).padStart(3, "0")}`);
  }
  simulation.delivering.transfers = false;
  simulation.connector.transferAnswers.push(...Array<undefined>(OPEN).fill(undefined), answer);
  const context = simulation.begin();
  await simulation.startSlice(context);
  simulation.deliver();
  await simulation.listSlice(context);
  await simulation.syncSlice(context);
  const { root } = await loadWork(simulation.slice(context));
  expect(root.transfers.map(({ files }) => files)).to.deep.equal([100, 1]);
  return { simulation, context, last: root.transfers[1]?.key ?? "" };
}

function callsForLast({ connector }: Simulation): number {
  return connector.requestedPaths().filter((path) => path === LAST).length;
}

describe("behind transfers that do not end, a call", () => {
  it("in doubt is looked for in S3 in every slice", async () => {
    const { simulation, context } = await started(UNKNOWN);
    for (let slice = 0; slice < 3; slice += 1) {
      await simulation.syncSlice(context);
    }
    expect(simulation.ledgerPaths()).to.deep.equal([]);
    simulation.objects.put(TARGET, PREFIX + LAST, { size: 10 });
    await simulation.syncSlice(context);
    expect(simulation.ledgerPaths()).to.deep.equal([LAST]);
    expect(callsForLast(simulation)).to.equal(1);
  });

  it("in doubt is made again after the deadline", async () => {
    const { simulation, context } = await started(UNKNOWN, { timeouts: { inDoubt: 600 } });
    await simulation.syncSlice(context);
    simulation.services.clock.advance(600);
    await simulation.syncSlice(context);
    expect(callsForLast(simulation)).to.equal(1);
    simulation.services.clock.advance(1);
    await simulation.syncSlice(context);
    expect(callsForLast(simulation)).to.equal(2);
  });

  it("whose id was never written down is looked for in S3 in every slice", async () => {
    const { simulation, context, last } = await started(undefined);
    simulation.objects.delete(REPORTS, `${last}.started`);
    await simulation.syncSlice(context);
    simulation.objects.put(TARGET, PREFIX + LAST, { size: 10 });
    await simulation.syncSlice(context);
    expect(simulation.ledgerPaths()).to.deep.equal([LAST]);
  });

  it("that was refused is made again", async () => {
    const { simulation, context } = await started(REFUSED);
    simulation.services.clock.advance(60);
    await simulation.syncSlice(context);
    expect(callsForLast(simulation)).to.equal(2);
  });

  it("that was rejected is reported", async () => {
    const { simulation, context } = await started(REJECTED);
    await simulation.syncSlice(context);
    const { root } = await loadWork(simulation.slice(context));
    expect(root.counters.failed).to.equal(1);
    expect(root.transfers.map(({ files }) => files)).to.deep.equal([100]);
  });

  it("that is in the queue is not asked about, nor is what was written down of it read", async () => {
    const { simulation, context, last } = await started(undefined);
    await simulation.syncSlice(context);
    simulation.objects.requests.length = 0;
    simulation.connector.resultRequests.length = 0;
    await simulation.syncSlice(context);
    expect(simulation.objects.requests.filter(({ key }) => key.startsWith(last))).to.deep.equal([]);
    expect(simulation.connector.resultRequests, "one more than connections").to.have.length(6);
  });
});
