import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type TransferRecord, TransferRecords } from "../../../local/transfer/transfer-records";
import { tempFolder } from "../../support/temp-folder";

const CONNECTOR = "c-0123456789abcdef0";
const ID = "5b0e9c1e-8a53-4f0e-9d8b-0f7f6a0b2c11";
const PATHS = Array.from({ length: 10 }, (_, i) => `/folder/file-${i}`);
const placing = { bucket: "target", key: "key", identity: "1:2:3" };

describe("TransferRecords", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = tempFolder();
    file = join(folder, `${ID}.json`);
  });

  async function open(holds = false): Promise<TransferRecords> {
    const records = new TransferRecords(folder, { holds: async () => holds });
    await records.open();
    return records;
  }

  /** What a later process, which has nothing in memory, says of the files. */
  async function statuses(holds = false): Promise<string[] | undefined> {
    const files = await (await open(holds)).find(CONNECTOR, ID);
    return files?.map(({ StatusCode }) => StatusCode);
  }

  function complete(records: TransferRecords, record: TransferRecord, index: number): void {
    records.update(record, index, { StatusCode: "IN_PROGRESS" });
    records.placing(record, index, placing);
    records.update(record, index, { StatusCode: "COMPLETED" });
  }

  it("adds two short lines for each file to the one file of a transfer, which is never replaced", async () => {
    const records = await open();
    const record = records.add(CONNECTOR, ID, PATHS);
    const { ino, size } = statSync(file);
    PATHS.forEach((_, index) => {
      complete(records, record, index);
    });
    const after = statSync(file);
    expect(after.ino).to.equal(ino);
    expect(readFileSync(file, "utf8").trim().split("\n")).to.have.length(1 + 2 * PATHS.length);
    expect((after.size - size) / PATHS.length).to.be.below(300);
    expect(await statuses()).to.deep.equal(PATHS.map(() => "COMPLETED"));
  });

  it("keeps what was written before a line that was cut off, and after it", async () => {
    const records = await open();
    const record = records.add(CONNECTOR, ID, PATHS.slice(0, 3));
    complete(records, record, 0);
    appendFileSync(file, '\n{"index":1,"file":{"FilePa');
    complete(records, record, 2);
    expect(await statuses()).to.deep.equal(["COMPLETED", "FAILED", "COMPLETED"]);
    truncateSync(file, 20);
    expect(await statuses()).to.equal(undefined);
  });

  it("asks for the object of a file that was about to appear", async () => {
    const records = await open();
    const record = records.add(CONNECTOR, ID, PATHS.slice(0, 2));
    records.placing(record, 1, placing);
    expect(await statuses(true)).to.deep.equal(["FAILED", "COMPLETED"]);
    expect(await statuses(false)).to.deep.equal(["FAILED", "FAILED"]);
  });

  it("writes down what is not done as interrupted when it ends", async () => {
    const records = await open();
    const record = records.add(CONNECTOR, ID, PATHS.slice(0, 2));
    complete(records, record, 0);
    records.close();
    expect(await statuses(true)).to.deep.equal(["COMPLETED", "FAILED"]);
  });

  it("reads a record as it was written by earlier versions", async () => {
    const files = [{ FilePath: "/a", StatusCode: "COMPLETED" }];
    writeFileSync(file, JSON.stringify({ connectorId: CONNECTOR, transferId: ID, files }));
    expect(await statuses()).to.deep.equal(["COMPLETED"]);
  });
});
