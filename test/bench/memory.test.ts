import { expect } from "chai";
import { MODIFIED, ROOT } from "../../bench/simulation/remote-tree";
import { Ledgers } from "../../engine/ledger/ledgers";
import { type RealFunctions, realFunctions } from "./real-functions";

/** What a listing names at most, by the default of `maxListingItems`. */
const ENTRIES = 10_000;

/** Listings of one slice, by the default of `listingsPerSecond`. */
const WAVE = 30;

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index).padStart(6, "0"));

/** As long as file systems allow. */
const LONG_NAMES = numbers(ENTRIES).map((number) => `${number}${"n".repeat(249)}`);

/** As long as 200 levels of one letter, without the time that a disk takes for each level. */
const LONG_FOLDERS = Array.from({ length: WAVE }, (_, index) => `${ROOT}/${index}${`/${"f".repeat(199)}`.repeat(2)}`);

/** The zips that Terraform deploys, with the memory that they have there. */
describe("a function", function () {
  this.timeout(120_000);
  let real: RealFunctions;

  beforeEach(async () => {
    real = await realFunctions();
  });
  afterEach(() => real.close());

  /** A listing in the wave `w`, written by the connector. */
  async function arrive(file: string, listing: { files?: object[]; paths?: object[] }): Promise<void> {
    const key = `${real.begun.listingsFolder("w")}/${file}`;
    await real.objects.write(real.context.bucket, key, JSON.stringify({ ...listing, truncated: "false" }));
  }

  it("starts listings with 100,000 folders on the frontier", async () => {
    const { begun } = real;
    begun.frontier.append(
      numbers(100_000).map((name) => ({ folder: `${LONG_FOLDERS[0]}/${name}`, depth: 1, attempt: 0 })),
    );
    await begun.commit();
    expect(await real.invoke("remote-folders-list")).to.include({ Status: "RUNNING" });
    const work = await real.load();
    expect(work.frontier.length).to.equal(100_000 - 200);
    expect(work.root.waves.flatMap(({ pending }) => pending)).to.have.length(200);
  });

  it("collects a wave of listings of 10,000 folders each", async () => {
    const { begun } = real;
    const started = LONG_FOLDERS.map((folder, index) => ({ folder, depth: 200, attempt: 0, file: `${index}.json` }));
    for (const { folder, file } of started) {
      await arrive(file, { paths: numbers(ENTRIES).map((name) => ({ path: `${folder}/${name}` })) });
    }
    await begun.writeWave(started, "w");
    begun.root.waves.push({
      id: "w",
      startedAt: new Date().toISOString(),
      revision: 0,
      together: 1,
      pending: [...started.keys()],
    });
    await begun.commit();
    expect(await real.invoke("get-list-status")).to.include({ Status: "RUNNING" });
    const work = await real.load();
    expect(work.frontier.length).to.equal(WAVE * ENTRIES);
    expect(work.folders.length).to.equal(WAVE);
    expect(work.root.waves).to.deep.equal([]);
  });

  it("decides, transfers and records folders of 10,000 entries", async () => {
    const { begun, objects, context } = real;
    const [known = "", unknown = ""] = LONG_FOLDERS;
    const startedAt = new Date().toISOString();
    for (const [index, folder] of [known, unknown].entries()) {
      const file = `${index}.json`;
      const files = LONG_NAMES.map((name) => ({ filePath: `${folder}/${name}`, size: 1, modifiedTimestamp: MODIFIED }));
      await arrive(file, { files });
      begun.folders.append([{ folder, depth: 200, listing: `${begun.listingsFolder("w")}/${file}`, startedAt }]);
    }
    const ledgers = new Ledgers({ objects, context, checkFence: async () => {}, warn: () => {} });
    await ledgers.record(known, { set: new Map(LONG_NAMES.map((name) => [name, { size: 1, modified: MODIFIED }])) });
    await begun.commit();
    await real.invoke("sync-remote-folder");
    expect((await real.load()).root.counters).to.deep.include({ seen: 2 * ENTRIES, skipped: { unchanged: ENTRIES } });
    await real.invoke("sync-remote-folder");
    const { root, batches } = await real.load();
    // Whatever arrives at once is recorded, and sent on for, as long as the slice has time.
    const inFlight = root.transfers.reduce((sum, { files }) => sum + files, 0);
    expect(root.counters.transferred).to.be.at.least(1000);
    expect(root.counters.transferred + inFlight + 10 * batches.length).to.equal(ENTRIES);
  });

  it("reports a run with 100,000 failures", async () => {
    const { begun } = real;
    begun.failures.append(
      numbers(100_000).map((name) => ({
        path: `${LONG_FOLDERS[0]}/${name}`,
        error: "TransferFailed" as const,
        kind: "other" as const,
        detail: "no",
      })),
    );
    await begun.commit();
    expect(await real.invoke("finish-run", { Slice: { Status: "DONE" } })).to.include({ Status: "FAILED" });
  });
});
