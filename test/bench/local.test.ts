import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { changeSome, LOCAL_CASES, makeTree, scaled } from "../../bench/local/cases";
import { benchLocal, type LocalMedian } from "../../bench/local/local";
import { noSshdReason, SSHD_TITLE } from "../../bench/servers/sshd";
import { filesBelow } from "../support/files-below";
import { tempFolder } from "../support/temp-folder";

const ROOT = join(__dirname, "..", "..");

describe("cases of local runs", () => {
  it("become smaller by folders, files, or the size of large files", () => {
    expect(scaled(LOCAL_CASES.first, 0.2)).to.include({ folders: 2, files: 500, bytes: 20_000 });
    expect(scaled(LOCAL_CASES.first, 0.01)).to.include({ folders: 1, files: 5, bytes: 20_000 });
    expect(scaled(LOCAL_CASES.large, 0.01)).to.include({ folders: 1, files: 10, bytes: 2_000_000 });
    expect(scaled(LOCAL_CASES["one-folder"], 0.01)).to.include({ folders: 1, files: 500, bytes: 1 });
    expect(scaled(LOCAL_CASES.folders, 1)).to.deep.equal(LOCAL_CASES.folders);
  });

  it("have one file in a hundred changed, in content and in time", async () => {
    const root = tempFolder();
    const tree = { folders: 2, files: 100, bytes: 10 };
    await makeTree(root, tree);
    const files = filesBelow(root).sort();
    expect(files).to.have.length(200);
    const state = () => files.map((file) => [readFileSync(file, "hex"), statSync(file).mtimeMs]);
    const before = state();
    await changeSome(root, tree, 1);
    const changed = state().flatMap((now, i) =>
      now[0] !== before[i]?.[0] && now[1] !== before[i]?.[1] ? [files[i]] : [],
    );
    expect(changed).to.deep.equal([join(root, "folder-0/file-0"), join(root, "folder-1/file-0")]);
  });
});

describe(`the benchmark of local runs, from ${SSHD_TITLE}`, function () {
  this.timeout(60_000);
  before(function () {
    if (noSshdReason !== undefined) {
      this.skip();
    }
  });

  it("measures a run over a delayed link", async () => {
    const options = { rounds: 1, cases: ["delay"], scale: 0.001, checkouts: { mine: ROOT }, rclone: false } as const;
    const medians: LocalMedian[] = [];
    for await (const median of benchLocal(options)) {
      medians.push(median);
    }
    expect(medians.map(({ name, what }) => [name, what])).to.deep.equal([["mine", "delay"]]);
    expect(medians[0]?.cpuSeconds).to.be.above(0.1);
  });
});
