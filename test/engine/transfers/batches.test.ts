import { expect } from "chai";
import { batchesOf } from "../../../engine/transfers/batches";

describe("batchesOf", () => {
  const table: [number, number[]][] = [
    [0, []],
    [1, [1]],
    [10, [10]],
    [11, [10, 1]],
    [25, [10, 10, 5]],
  ];
  for (const [count, sizes] of table) {
    it(`makes ${sizes.length} calls of ${count} files, each file once and in order`, () => {
      const files = Array.from({ length: count }, (_, index) => ({ name: `f${index}` }));
      const batches = batchesOf("/data", files, 1);
      expect(batches.map((batch) => batch.files.length)).to.deep.equal(sizes);
      expect(batches.flatMap((batch) => batch.files)).to.deep.equal(files);
      expect(batches.every(({ folder, attempt }) => folder === "/data" && attempt === 1)).to.equal(true);
    });
  }
});
