import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { TransferRecords } from "../../../local/transfer/transfer-records";
import { tempFolder } from "../../support/temp-folder";
import { CONNECTOR } from "./local-transfer";

const ID = "0b5a6a2e-5a0c-4c3e-9d0f-2f1c6a0f7e11";
const COMPLETED = { StatusCode: "COMPLETED" } as const;
const FAILED = { StatusCode: "FAILED", FailureCode: "READ_FILE_ERROR", FailureMessage: "it broke" } as const;

describe("TransferRecords", () => {
  let folder: string;
  const path = () => join(folder, `${ID}.json`);

  beforeEach(() => {
    folder = tempFolder();
  });

  /** Those of a process that begins now; no object is there for it. */
  async function opened(): Promise<TransferRecords> {
    const records = new TransferRecords(folder, { holds: async () => false });
    await records.open();
    return records;
  }

  const interrupted = (path: string) => ({
    FilePath: path,
    StatusCode: "FAILED",
    FailureCode: "TRANSFER_INTERRUPTED",
    FailureMessage: "The local Transfer service stopped before this file was done",
  });

  it("answer for what an earlier process did", async () => {
    const before = await opened();
    const record = before.add(CONNECTOR, ID, ["/a", "/b", "/c"]);
    before.update(record, 0, COMPLETED);
    before.update(record, 1, FAILED);
    before.close();
    expect(await (await opened()).find(CONNECTOR, ID)).to.deep.equal([
      { FilePath: "/a", ...COMPLETED },
      { FilePath: "/b", ...FAILED },
      interrupted("/c"),
    ]);
  });

  it("add one line for each state that is to outlive the process, and write nothing again", async () => {
    const records = await opened();
    const record = records.add(CONNECTOR, ID, ["/a", "/b"]);
    const first = readFileSync(path(), "utf8");
    records.update(record, 0, { StatusCode: "IN_PROGRESS" });
    expect(readFileSync(path(), "utf8")).to.equal(first);
    records.placing(record, 0, { bucket: "b", key: "a", identity: "1" });
    records.update(record, 0, COMPLETED);
    const text = readFileSync(path(), "utf8");
    expect(text.startsWith(first)).to.equal(true);
    expect(text.split("\n")).to.have.length(3);
  });

  it("are read from a file of an earlier version, which was written as a whole", async () => {
    const files = [
      { FilePath: "/a", ...COMPLETED },
      { FilePath: "/b", StatusCode: "QUEUED" },
    ];
    writeFileSync(path(), JSON.stringify({ connectorId: CONNECTOR, transferId: ID, files }));
    expect(await (await opened()).find(CONNECTOR, ID)).to.deep.equal([files[0], interrupted("/b")]);
  });

  it("pass over a line that was cut, and one of a file that is not theirs", async () => {
    const before = await opened();
    const record = before.add(CONNECTOR, ID, ["/a", "/b"]);
    appendFileSync(path(), '\n{"index":0,"file":{"FilePa');
    before.update(record, 1, COMPLETED);
    appendFileSync(path(), `\n${JSON.stringify({ index: 7, file: { FilePath: "/x", ...COMPLETED } })}`);
    expect(await (await opened()).find(CONNECTOR, ID)).to.deep.equal([
      interrupted("/a"),
      { FilePath: "/b", ...COMPLETED },
    ]);
  });

  it("keep answering from memory where a state cannot be written", async () => {
    const records = await opened();
    const record = records.add(CONNECTOR, ID, ["/a", "/b"]);
    const text = readFileSync(path(), "utf8");
    rmSync(path());
    mkdirSync(path()); // No line can be added to a folder.
    records.update(record, 0, FAILED);
    rmSync(path(), { recursive: true });
    writeFileSync(path(), text);
    records.update(record, 1, COMPLETED);
    expect(await records.find(CONNECTOR, ID)).to.deep.equal([
      { FilePath: "/a", ...FAILED },
      { FilePath: "/b", ...COMPLETED },
    ]);
  });
});
