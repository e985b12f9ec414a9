import { expect } from "chai";
import { Crash } from "../support/fake-objects";
import { PREFIX, TARGET } from "../support/run-input";
import { accountedFor, type Simulation } from "../support/simulation";
import { withFiles } from "../support/with-files";

describe("transfers", () => {
  it("of another size than listed count as changed-during-transfer, and come again", async () => {
    const simulation = withFiles(3);
    simulation.connector.arrivingSizes.set("/data/f0001", 4);
    const { report } = await simulation.run();
    expect(report.status).to.equal("SUCCEEDED");
    expect(report.files.skipped).to.deep.equal({ "changed-during-transfer": 1 });
    expect(simulation.ledgerPaths()).to.have.members(["/data/f0000", "/data/f0002"]);
    simulation.connector.arrivingSizes.clear();
    expect((await simulation.run()).report.files.transferred).to.equal(1);
  });

  const neverAsListed: [string, string, (simulation: Simulation) => void, RegExp][] = [
    [
      "changed-during-transfer",
      "that always arrives in another size",
      ({ connector }) => connector.arrivingSizes.set("/data/f0000", 4),
      /4 bytes instead of 10, as in an earlier run/,
    ],
    [
      "vanished",
      "that can be listed and never be found",
      ({ connector }) => connector.failures.set("/data/f0000", [{ code: "FILE_NOT_FOUND" }]),
      /FILE_NOT_FOUND, as in an earlier run/,
    ],
  ];
  for (const [reason, title, fail, detail] of neverAsListed) {
    it(`of a file ${title} fail from the second run on: nothing has ${reason}`, async () => {
      const simulation = withFiles(2);
      fail(simulation);
      expect((await simulation.run()).report.files).to.deep.include({ failed: 0, skipped: { [reason]: 1 } });
      for (const _ of ["second", "third"]) {
        fail(simulation);
        const { report } = await simulation.run();
        expect(report.error?.name).to.equal("TransferIncomplete");
        expect(report.failures[0]?.reason).to.match(detail);
        expect(report.files).to.deep.include({ failed: 1, skipped: { unchanged: 1 } });
        expect(accountedFor(report)).to.equal(report.files.seen);
      }
      simulation.connector.arrivingSizes.clear();
      simulation.connector.failures.clear();
      expect((await simulation.run()).report.files).to.deep.include({ transferred: 1, failed: 0 });
      fail(simulation);
      simulation.remote.put("/data/f0000", { size: 11, modified: "2026-02-01T00:00:00Z" });
      expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
    });

    it(`of a file that is listed otherwise each time count as ${reason}, however often`, async () => {
      const simulation = withFiles(1);
      for (const size of [10, 11, 12]) {
        simulation.remote.put("/data/f0000", { size, modified: "2026-02-01T00:00:00Z" });
        fail(simulation);
        expect((await simulation.run()).report.files).to.deep.include({ failed: 0, skipped: { [reason]: 1 } });
      }
    });

    it(`that a slice counts again after a crash are ${reason} still, and failed still in the second run`, async () => {
      const simulation = withFiles(1);
      for (const files of [
        { failed: 0, skipped: { [reason]: 1 } },
        { failed: 1, skipped: {} },
      ]) {
        fail(simulation);
        const context = simulation.begin();
        const requests = simulation.connector.resultRequests.length;
        let crashed = false;
        let isRecorded = false;
        simulation.objects.beforeWrite = (_, key) => {
          if (isRecorded && !crashed && key.endsWith("root.json")) {
            crashed = true;
            throw new Crash(key);
          }
          isRecorded ||= key.startsWith("ledger/") && simulation.connector.resultRequests.length > requests;
        };
        const { report } = await simulation.finish(await simulation.pump(context));
        expect(crashed).to.equal(true);
        expect(report.files).to.deep.include(files);
      }
    });

    it(`of a file that has arrived since are ${reason} once more: it was not so all the time`, async () => {
      const simulation = withFiles(1);
      fail(simulation);
      await simulation.run();
      simulation.connector.arrivingSizes.clear();
      expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
      simulation.objects.delete(TARGET, `${PREFIX}/data/f0000`);
      fail(simulation);
      expect((await simulation.run({ fromTimestamp: 0 })).report.files).to.deep.include({
        failed: 0,
        skipped: { [reason]: 1 },
      });
    });
  }

  it("that came to nothing are forgotten once the file is gone", async () => {
    const simulation = withFiles(1);
    simulation.remote.put("/data/stays");
    simulation.connector.failures.set("/data/f0000", [{ code: "FILE_NOT_FOUND" }]);
    await simulation.run();
    simulation.remote.remove("/data/f0000");
    expect((await simulation.run()).report.status).to.equal("SUCCEEDED");
    expect(simulation.ledger("/data").marks.size).to.equal(0);
  });
});
