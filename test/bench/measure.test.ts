import { expect } from "chai";
import { measure } from "../../bench/measure";
import { FunctionProcesses } from "../../bench/process/function-processes";
import { synthesize } from "../../bench/simulation/deployment";
import { evenTree } from "../../bench/simulation/remote-tree";
import { Simulation } from "../../bench/simulation/simulation";

const SHAPE = { fanOut: [3], files: [0, 20] };
const TREE = evenTree(SHAPE);
const PACE = { listingSeconds: 1, fileSeconds: 0.1, connections: 5 };
const MEGABYTE = 1024 * 1024;

describe("the benchmark", function () {
  this.timeout(60_000);

  it("measures each function in a process of its own, run by run", async () => {
    const runs = [];
    const bench = {
      name: "small",
      title: "a small tree",
      shape: SHAPE,
      tree: TREE,
      pace: PACE,
      levels: 1,
      levelsToFiles: 1,
      runs: 2,
    };
    for await (const run of measure(bench, await synthesize())) {
      runs.push(run);
    }
    const [first, second] = runs;
    expect(first?.totals).to.deep.include({ status: "SUCCEEDED", folders: 4, files: 60 });
    expect(first?.totals.calls).to.include({ listings: 4, transfers: 6, refused: 0 });
    expect(second?.totals).to.deep.include({ status: "SUCCEEDED", folders: 4, files: 60 });
    expect(second?.totals.calls).to.include({ listings: 4, transfers: 0, results: 0 });
    expect(first?.functions.map(({ module }) => module)).to.have.members([
      "remote-folders-list",
      "get-list-status",
      "sync-remote-folder",
      "finish-run",
    ]);
    for (const { heapBytes, residentBytes, longestCpuSeconds, cpuSeconds } of first?.functions ?? []) {
      expect(heapBytes).to.be.within(5 * MEGABYTE, residentBytes);
      expect(longestCpuSeconds).to.be.within(0, cpuSeconds);
      expect(cpuSeconds).to.be.above(0);
    }
  });

  it("gives each of several requests that a function makes at once its own answer", async () => {
    const processes = new FunctionProcesses(() => 512);
    try {
      const tree = evenTree({ fanOut: [40], files: [0, 30] });
      const pace = { ...PACE, fileSeconds: 0.01 };
      const run = await new Simulation({ deployed: await synthesize(), tree, pace, invoker: processes.invoke }).start();
      expect(run.report).to.deep.include({ status: "SUCCEEDED", warnings: [] });
      expect(run.report.files.transferred).to.equal(1200);
    } finally {
      processes.close();
    }
  });

  it("does not hide a function that its heap is too small for", async () => {
    const processes = new FunctionProcesses((module) => (module === "sync-remote-folder" ? 8 : 512));
    try {
      const deployed = await synthesize();
      const { report } = await new Simulation({ deployed, tree: TREE, pace: PACE, invoker: processes.invoke }).start();
      expect(report.error?.name).to.equal("Runtime.ExitError");
      expect(report.error?.message).to.include("heap out of memory");
    } finally {
      processes.close();
    }
  });
});
