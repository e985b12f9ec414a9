import { expect } from "chai";
import type { FolderLedger } from "../../../engine/ledger/ledger";
import { formatLedger, parseLedger, UnreadableLedger } from "../../../engine/ledger/ledger-file";
import { REPORTS } from "../support/run-input";
import { Simulation } from "../support/simulation";

const T1 = "2026-01-01T00:00:00Z";
const T2 = "2026-01-02T00:00:00Z";

const FULL: FolderLedger = {
  files: new Map([
    ["a", { size: 1, modified: T1 }],
    ["odd", { size: 1, modified: T1, bytes: 2 }],
    ["__proto__", { size: undefined, modified: undefined }],
  ]),
  firstSeen: new Map([["b", { at: T1, size: 1, modified: undefined }]]),
  marks: new Map([
    ["sent", { at: T1, size: 1, modified: T1 }],
    [
      "doubtful",
      {
        at: T1,
        size: undefined,
        modified: undefined,
        doubt: { outcome: "changed", run: "r", size: 1, modified: T1, bytes: 2 },
        failure: { size: 1, modified: T1, told: "r" },
      },
    ],
  ]),
  gone: new Map([
    ["left", { at: T2, size: 1, modified: T1, bytes: 3 }],
    ["unknown", { at: T2, size: undefined, modified: undefined }],
  ]),
  folders: new Map([
    ["in", "present"],
    ["out", "removed"],
  ]),
  notFound: "run-1",
  listedAt: T2,
  isFormer: false,
};

/** As version 1 wrote it. */
const FIRST = {
  version: 1,
  folder: "/data",
  files: [["a", 10, T1]],
  firstSeen: [["b", T1, 1, T2]],
  unconfirmed: [["c", 10, T1, "run-0"]],
};

describe("a ledger", () => {
  it("reads as it was written, with all that it can hold", () => {
    expect(parseLedger(formatLedger("/data", FULL), "key")).to.deep.equal(FULL);
  });

  it("of the first version is read, and what did not arrive is marked", () => {
    const { files, firstSeen, marks, gone } = parseLedger(JSON.stringify(FIRST), "key");
    expect([...files]).to.deep.equal([["a", { size: 10, modified: T1 }]]);
    expect([...firstSeen]).to.deep.equal([["b", { at: T1, size: 1, modified: T2 }]]);
    const listed = { size: 10, modified: T1 };
    expect([...marks]).to.deep.equal([["c", { ...listed, doubt: { outcome: "changed", run: "run-0", ...listed } }]]);
    expect(gone.size).to.equal(0);
  });

  for (const text of ["", "not JSON", "{}", "[]", '{"version":1}', '{"version":2,"folder":"/data"}']) {
    it(`that reads ${JSON.stringify(text)} is unreadable`, () => {
      expect(() => parseLedger(text, "key")).to.throw(UnreadableLedger, /^key: /);
    });
  }

  for (const [what, file] of Object.entries({
    "no name": [1, 1, T1],
    "a size in words": ["a", "1", T1],
    "a time in numbers": ["a", 1, 1],
    "no time": ["a", 1],
    "bytes in words": ["a", 1, T1, "1"],
    "more than there is": ["a", 1, T1, 1, 1],
    "no list": { name: "a" },
  })) {
    it(`with a file of ${what} is unreadable, and it is said where`, () => {
      const text = formatLedger("/data", FULL).replace(
        '"files":[',
        `"files":[["first",1,null],${JSON.stringify(file)},`,
      );
      expect(() => parseLedger(text, "key")).to.throw(UnreadableLedger, /^key: [\s\S]*files\[1\]/);
    });
  }

  it("of a later version is refused by name", () => {
    expect(() => parseLedger('{"version":3}', "key"))
      .to.throw(/ledger key has version 3/)
      .with.property("name", "LedgerTooNew");
  });
});

/** The one ledger of a simulation, after a first run of `/data/a`. */
async function withLedger(text: (key: string) => string) {
  const simulation = new Simulation();
  simulation.remote.put("/data/a", { size: 10, modified: T1 });
  await simulation.run();
  const [key = ""] = simulation.ledgerKeys();
  const written = text(key);
  simulation.objects.put(REPORTS, key, { text: written });
  return { simulation, key, written };
}

describe("a run that meets a ledger", () => {
  it("of the first version goes on with it, and writes the present one", async () => {
    const { simulation } = await withLedger(() => JSON.stringify(FIRST));
    simulation.remote.put("/data/new", { size: 1, modified: T1 });
    const { report } = await simulation.run();
    expect(report.files).to.deep.include({ transferred: 1, skipped: { unchanged: 1 } });
    expect(simulation.ledger("/data").files.size).to.equal(2);
  });

  it("that is damaged compares with S3, warns, and keeps the text", async () => {
    const { simulation, key, written } = await withLedger(() => '{"version":2,');
    const { report } = await simulation.run();
    expect(report).to.deep.include({ status: "SUCCEEDED" });
    expect(report.files.skipped).to.deep.equal({ "already-in-s3": 1 });
    expect(report.warnings.join()).to.contain(`${key}.unreadable`);
    expect(simulation.objects.text(REPORTS, `${key}.unreadable`)).to.equal(written);
    expect((await simulation.run()).report.warnings).to.deep.equal([]);
  });

  it("of a later version ends by name, and leaves it as it is", async () => {
    const { simulation, key, written } = await withLedger(() => '{"version":3,"wiser":true}');
    const context = simulation.begin();
    const error = await simulation.pump(context).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Error).with.property("name", "LedgerTooNew");
    expect(simulation.objects.text(REPORTS, key)).to.equal(written);
  });
});
