import { expect } from "chai";
import { SliceSuperseded } from "../../../engine/errors";
import type { Gone, LedgerEntry, Sight } from "../../../engine/ledger/ledger";
import { Ledgers } from "../../../engine/ledger/ledgers";
import { FakeServices } from "../support/fake-services";
import { REPORTS, type RunOptions, runContext } from "../support/run-input";

const A: LedgerEntry = { size: 1, modified: "2026-01-01T00:00:00Z" };
const B: LedgerEntry = { size: 2, modified: undefined };
const GONE: Gone = { at: "2026-01-02T00:00:00Z", ...A };
const SIGHT: Sight = { at: "2026-01-02T00:00:00Z", ...B };

/** As an invocation has them that nobody has overtaken. */
function ledgersOf(services: FakeServices, options: RunOptions = {}): Ledgers {
  return new Ledgers({
    objects: services.objects,
    context: runContext(options),
    checkFence: async () => {},
    warn: () => {},
  });
}

function setUp(services = new FakeServices()) {
  return { services, ledgers: ledgersOf(services) };
}

/** As a later invocation would read it. */
async function stored(services: FakeServices, folder = "/data") {
  return ledgersOf(services).read(folder);
}

describe("Ledgers", () => {
  it("knows nothing of a folder without a ledger, and writes nothing by reading", async () => {
    const { services, ledgers } = setUp();
    expect((await ledgers.read("/data")).files.size).to.equal(0);
    expect(services.objects.writes).to.equal(0);
  });

  it("keeps sizes and times, and their absence", async () => {
    const { services, ledgers } = setUp();
    const bare: LedgerEntry = { size: undefined, modified: undefined };
    await ledgers.record("/data", {
      set: new Map<string, LedgerEntry>([
        ["a", A],
        ["b", B],
        ["c", bare],
      ]),
    });
    expect([...(await stored(services)).files]).to.deep.equal([
      ["a", A],
      ["b", B],
      ["c", bare],
    ]);
  });

  it("merges: sets, removes, leaves the rest", async () => {
    const { services, ledgers } = setUp();
    await ledgers.record("/data", {
      set: new Map<string, LedgerEntry>([
        ["a", A],
        ["b", B],
      ]),
    });
    await ledgers.record("/data", { set: new Map([["c", A]]), gone: new Map([["a", GONE]]) });
    const { files, gone } = await stored(services);
    expect([...files.keys()]).to.deep.equal(["b", "c"]);
    expect([...gone]).to.deep.equal([["a", GONE]]);
  });

  it("replaces first sights where they are given, else keeps them", async () => {
    const { services, ledgers } = setUp();
    await ledgers.record("/data", { firstSeen: new Map([["a", SIGHT]]) });
    await ledgers.record("/data", { set: new Map([["b", B]]) });
    expect([...(await stored(services)).firstSeen]).to.deep.equal([["a", SIGHT]]);
    await ledgers.record("/data", { firstSeen: new Map() });
    expect((await stored(services)).firstSeen.size).to.equal(0);
  });

  it("changes nothing when repeated", async () => {
    const { services, ledgers } = setUp();
    const changes = { set: new Map([["a", A]]), gone: new Map([["b", GONE]]) };
    await ledgers.record("/data", changes);
    const [key = ""] = services.objects.keys(REPORTS, "ledger/");
    const once = services.objects.text(REPORTS, key);
    await ledgers.record("/data", changes);
    expect(services.objects.text(REPORTS, key)).to.equal(once);
  });

  it("reads a folder's ledger once", async () => {
    const { services, ledgers } = setUp();
    await ledgers.read("/data");
    await ledgers.read("/data");
    expect(services.objects.requests).to.have.length(1);
  });

  it("merges again into what another writer put there in between", async () => {
    const { services, ledgers } = setUp();
    await ledgers.record("/data", { set: new Map([["a", A]]) });
    await ledgersOf(services).record("/data", { set: new Map([["b", B]]) });
    await ledgers.record("/data", { set: new Map([["c", A]]) });
    expect([...(await stored(services)).files.keys()]).to.have.members(["a", "b", "c"]);
  });

  it("merges again where another writer made the ledger first", async () => {
    const { services, ledgers } = setUp();
    await ledgers.read("/data");
    await ledgersOf(services).record("/data", { set: new Map([["b", B]]) });
    await ledgers.record("/data", { set: new Map([["a", A]]) });
    expect([...(await stored(services)).files.keys()]).to.have.members(["a", "b"]);
  });

  it("writes nothing for an invocation that was overtaken after it looked at the ledger", async () => {
    const { services, ledgers } = setUp();
    await ledgers.record("/data", { set: new Map([["a", A]]) });
    let overtaken = false;
    const zombie = new Ledgers({
      objects: services.objects,
      context: runContext(),
      warn: () => {},
      checkFence: async () => {
        if (overtaken) {
          throw new SliceSuperseded("overtaken");
        }
      },
    });
    await zombie.read("/data");
    await ledgers.record("/data", { set: new Map([["a", B]]) });
    overtaken = true;
    const failed = await zombie.record("/data", { set: new Map([["a", A]]) }).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(SliceSuperseded);
    expect((await stored(services)).files.get("a")).to.deep.equal(B);
  });

  it("writes nothing for an invocation that is overtaken between its check and its write", async () => {
    const { services, ledgers } = setUp();
    await ledgers.record("/data", { set: new Map([["a", A]]) });
    let checks = 0;
    const zombie = new Ledgers({
      objects: services.objects,
      context: runContext(),
      warn: () => {},
      checkFence: async () => {
        checks += 1;
        if (checks > 1) {
          throw new SliceSuperseded("overtaken");
        }
        await ledgers.record("/data", { set: new Map([["a", B]]) });
      },
    });
    const failed = await zombie.record("/data", { set: new Map([["a", A]]) }).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(SliceSuperseded);
    expect((await stored(services)).files.get("a")).to.deep.equal(B);
  });

  it("gives up after some attempts when another writer never stops", async () => {
    const { services, ledgers } = setUp();
    services.objects.beforeWrite = (bucket, key) => services.objects.put(bucket, key, { text: "{}" });
    const failed = await ledgers.record("/data", { set: new Map([["a", A]]) }).catch((error: unknown) => error);
    expect(failed).to.have.property("name", "ConditionFailed");
  });

  it("reads what was written before it knew what files looked like at first sight, and what did not arrive", async () => {
    const { services, ledgers } = setUp();
    await ledgers.record("/data", { set: new Map([["x", A]]) });
    const [key = ""] = services.objects.keys(REPORTS, "ledger/");
    const text = JSON.stringify({
      version: 1,
      folder: "/data",
      files: [["a", A.size, A.modified]],
      firstSeen: [["b", SIGHT.at]],
    });
    services.objects.put(REPORTS, key, { text });
    const { files, firstSeen, marks } = await stored(services);
    expect([...files]).to.deep.equal([["a", A]]);
    expect([...firstSeen]).to.deep.equal([["b", { at: SIGHT.at, size: undefined, modified: undefined }]]);
    expect(marks.size).to.equal(0);
  });

  for (const text of ["", "not JSON", "{}", '{"version":1,"folder":"/data"}']) {
    it(`counts a ledger that reads ${JSON.stringify(text)} as lost, and replaces it`, async () => {
      const { services, ledgers } = setUp();
      await ledgers.record("/data", { set: new Map([["a", A]]) });
      const [key = ""] = services.objects.keys(REPORTS, "ledger/");
      services.objects.put(REPORTS, key, { text });
      expect((await stored(services)).files.size).to.equal(0);
      await ledgersOf(services).record("/data", { set: new Map([["b", B]]) });
      expect([...(await stored(services)).files.keys()]).to.deep.equal(["b"]);
    });
  }

  for (const name of ["__proto__", "constructor", "toString", "", "ü\u0308", "a\tb"]) {
    it(`keeps a file named ${JSON.stringify(name)} like any other`, async () => {
      const { services, ledgers } = setUp();
      expect((await ledgers.read("/data")).files.has(name)).to.equal(false);
      await ledgers.record("/data", { set: new Map([[name, A]]) });
      expect([...(await stored(services)).files]).to.deep.equal([[name, A]]);
    });
  }

  it("keeps folders, destinations and NFC and NFD twins apart", async () => {
    const { services, ledgers } = setUp();
    await ledgers.record("/data/é", { set: new Map([["a", A]]) });
    expect((await stored(services, "/data/e\u0301")).files.size).to.equal(0);
    const elsewhere = ledgersOf(services, { prefix: "other" });
    expect((await elsewhere.read("/data/é")).files.size).to.equal(0);
  });

  it("stays the same when its sync is renamed", async () => {
    const { services, ledgers } = setUp();
    await ledgers.record("/data", { set: new Map([["a", A]]) });
    const renamed = ledgersOf(services, { syncName: "renamed" });
    expect((await renamed.read("/data")).files.has("a")).to.equal(true);
  });

  const numbered = (folder: string, count: number) => Array.from({ length: count }, (_, index) => `${folder}/${index}`);

  it("still knows its folders when it has seen very many", async () => {
    const { services, ledgers } = setUp();
    const folders = numbered("/data", 1100);
    for (const folder of folders) {
      await ledgers.record(folder, { set: new Map([["a", A]]) });
    }
    for (const folder of folders) {
      await ledgers.record(folder, { set: new Map([["b", B]]) });
    }
    expect([...(await stored(services, "/data/7")).files.keys()]).to.deep.equal(["a", "b"]);
  });

  it("remembers many small folders, but only a few large ones", async () => {
    const { services, ledgers } = setUp();
    const reads = async (folders: readonly string[]) => {
      const before = services.objects.requests.length;
      for (const folder of folders) {
        await ledgers.read(folder);
      }
      return services.objects.requests.length - before;
    };
    const small = numbered("/small", 200);
    expect(await reads(small)).to.equal(200);
    expect(await reads(small)).to.equal(0);
    const large = numbered("/large", 7);
    const files = new Map(numbered("f", 10_000).map((name) => [name, A]));
    for (const folder of large) {
      await ledgers.record(folder, { set: files });
    }
    // Five of them are as much as is kept.
    expect(await reads(large)).to.be.above(0);
    expect(await reads(large.slice(-2))).to.equal(0);
  });
});
