import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { GrowingFiles } from "../../../local/transfer/growing-files";
import { tempFolder } from "../../support/temp-folder";

describe("GrowingFiles", () => {
  it("adds to many files in turn, also to those that were closed", () => {
    const folder = tempFolder();
    const files = new GrowingFiles();
    const paths = Array.from({ length: 200 }, (_, index) => join(folder, `${index}`));
    for (const line of ["a", "b", "c"]) {
      for (const path of paths) {
        files.append(path, `${line}\n`);
      }
      files.close(paths[7] ?? "");
    }
    files.closeAll();
    files.closeAll();
    expect(readdirSync(folder)).to.have.length(200);
    expect(new Set(paths.map((path) => readFileSync(path, "utf8")))).to.deep.equal(new Set(["a\nb\nc\n"]));
  });

  it("has few of them open at a time", function () {
    if (process.platform !== "linux") {
      this.skip(); // Elsewhere, nothing tells which files a process has open.
    }
    const folder = tempFolder();
    const files = new GrowingFiles();
    const before = readdirSync("/proc/self/fd").length;
    for (let index = 0; index < 500; index += 1) {
      files.append(join(folder, `${index}`), "line");
    }
    expect(readdirSync("/proc/self/fd").length - before).to.be.within(1, 100);
    files.closeAll();
    expect(readdirSync("/proc/self/fd").length).to.be.at.most(before);
  });

  it("tells what the system says", () => {
    expect(() => new GrowingFiles().append(join(tempFolder(), "none", "file"), "line")).to.throw(/ENOENT/);
  });
});
