import { expect } from "chai";
import { StorageFailure, storageFailure } from "../../local/errors/storage-failure";

describe("storageFailure", () => {
  for (const code of ["EMFILE", "ENFILE"]) {
    it(`does not blame the directory where nothing more can be opened: ${code}`, () => {
      const failure = storageFailure(Object.assign(new Error(`${code}: open '/data/x'`), { code }), "/data");
      expect(failure).to.be.instanceOf(StorageFailure).with.property("code", code);
      expect(failure).to.have.property("message").that.includes(`(${code})`).and.not.includes("/data");
      expect(failure).to.have.property("next").that.includes("ulimit -n").and.not.includes("--data");
    });
  }
});
