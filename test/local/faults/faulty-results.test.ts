import { expect } from "chai";
import { FaultyResults } from "../../../local/faults/faulty-results";
import type { FileRecord } from "../../../local/transfer/transfer-records";
import { planOf } from "./plan";

const FILES: readonly FileRecord[] = [
  { FilePath: "/in/a b.csv", StatusCode: "COMPLETED" },
  { FilePath: "/in/c.txt", StatusCode: "FAILED", FailureCode: "READ_FILE_ERROR" },
];

describe("FaultyResults", () => {
  it("leaves results alone without a fault", () => {
    expect(new FaultyResults(planOf({})).around(FILES)).to.deep.equal(FILES);
  });

  it("rewrites paths and completed statuses, as often as it strikes", () => {
    const faulty = new FaultyResults(planOf({ OddResults: [{ Path: "encoded", Completed: "DONE", Times: 2 }] }));
    expect(faulty.around(FILES)).to.deep.equal([
      { FilePath: "/in/a%20b.csv", StatusCode: "DONE" },
      { FilePath: "/in/c.txt", StatusCode: "FAILED", FailureCode: "READ_FILE_ERROR" },
    ]);
    expect(faulty.around(FILES)).to.deep.equal(FILES);
  });

  it("drops and doubles the results of files by their paths", () => {
    const faulty = new FaultyResults(
      planOf({
        OddResults: [
          { File: "/in/*.csv", Copies: 0 },
          { File: "/in/*.txt", Path: "name", Copies: 2 },
        ],
      }),
    );
    const failed = { FilePath: "c.txt", StatusCode: "FAILED", FailureCode: "READ_FILE_ERROR" };
    expect(faulty.around(FILES)).to.deep.equal([failed, failed]);
  });
});
