import { expect } from "chai";
import { SliceSuperseded } from "../../../engine/errors";
import { loadWork } from "../../../engine/work/load";
import { errorOf } from "../../support/errors";
import { PREFIX, REPORTS, TARGET } from "../support/run-input";
import { Simulation } from "../support/simulation";

type Context = ReturnType<Simulation["begin"]>;
type Overtaking = (simulation: Simulation, context: Context) => Promise<unknown>;

const overtakings: readonly (readonly [string, Overtaking])[] = [
  [
    "another run takes over",
    async (simulation, context) => {
      simulation.kill(context);
      return simulation.startSlice(simulation.begin());
    },
  ],
  [
    "another invocation of the slice commits",
    async (simulation, context) => (await loadWork(simulation.slice(context))).commit(),
  ],
  [
    "the run ends",
    async (simulation, context) => simulation.finish({ context, skipped: false }, new Error("a slice was given up on")),
  ],
];

/** `/data/known` is in the ledger; then `/data/new` arrives, and is listed. */
async function listed(simulation: Simulation): Promise<Context> {
  simulation.remote.put("/data/known");
  await simulation.run();
  simulation.remote.put("/data/new");
  const context = simulation.begin();
  await simulation.startSlice(context);
  simulation.deliver();
  await simulation.listSlice(context);
  return context;
}

function ledgerTexts(simulation: Simulation): (string | undefined)[] {
  return simulation.ledgerKeys().map((key) => simulation.objects.text(REPORTS, key));
}

describe("a slice that is overtaken", () => {
  for (const [title, overtake] of overtakings) {
    it(`between reading results and recording them, as ${title}, leaves the ledger as it is`, async () => {
      const simulation = new Simulation();
      const context = await listed(simulation);
      await simulation.syncSlice(context);
      simulation.deliver();
      const before = ledgerTexts(simulation);
      const results = simulation.connector.results.bind(simulation.connector);
      simulation.connector.results = async (connectorId, transferId) => {
        const found = await results(connectorId, transferId);
        await overtake(simulation, context);
        return found;
      };
      expect(await errorOf(simulation.syncSlice(context))).to.be.instanceOf(SliceSuperseded);
      expect(simulation.objects.peek(TARGET, `${PREFIX}/data/new`)).to.include({ size: 10 });
      expect(ledgerTexts(simulation)).to.deep.equal(before);
      expect(simulation.ledgerPaths()).to.deep.equal(["/data/known"]);
    });

    it(`between looking at S3 and recording what is there, as ${title}, leaves the ledger as it is`, async () => {
      const simulation = new Simulation();
      const context = await listed(simulation);
      simulation.objects.put(TARGET, `${PREFIX}/data/new`, { size: 10 });
      const before = ledgerTexts(simulation);
      const head = simulation.objects.head.bind(simulation.objects);
      simulation.objects.head = async (bucket, key) => {
        const found = await head(bucket, key);
        await overtake(simulation, context);
        return found;
      };
      expect(await errorOf(simulation.syncSlice(context))).to.be.instanceOf(SliceSuperseded);
      expect(ledgerTexts(simulation)).to.deep.equal(before);
      expect(simulation.ledgerPaths()).to.deep.equal(["/data/known"]);
    });
  }
});
