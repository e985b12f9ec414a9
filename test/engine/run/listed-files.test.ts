import { expect } from "chai";
import { type Report, type ReportedFile, reportedFileSchema } from "../../../engine/report";
import { Work } from "../../../engine/work/work";
import { REPORTS, type RunOptions } from "../support/run-input";
import { Simulation } from "../support/simulation";

const LINES_PER_LIST = 5000;

function world(paths: readonly string[]): Simulation {
  const simulation = new Simulation();
  for (const path of paths) {
    simulation.remote.put(path);
  }
  return simulation;
}

function listed(simulation: Simulation, { fileLists }: Report, prefix: string): ReportedFile[] {
  const texts = fileLists?.lists.map((name) => simulation.objects.text(REPORTS, prefix + name) ?? "") ?? [];
  return texts
    .join("")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => reportedFileSchema.parse(JSON.parse(line)));
}

async function filesOf(simulation: Simulation, options: RunOptions = {}) {
  const context = simulation.begin(options);
  const { report } = await simulation.finish(await simulation.pump(context));
  return { report, files: listed(simulation, report, context.prefix), prefix: context.prefix };
}

describe("the files of a run", () => {
  const PATHS = ["/data/a", "/data/1/b", "/data/1/2/c"];

  it("are those that it transferred", async () => {
    const { report, files } = await filesOf(world(PATHS));
    expect(files.map(({ path }) => path)).to.have.members(PATHS);
    expect(files.reduce((sum, { size = 0 }) => sum + size, 0)).to.equal(report.bytes);
    expect(report.fileLists).to.deep.equal({ lists: ["files-001.jsonl"] });
  });

  it("are those that a dry run would transfer", async () => {
    const simulation = world(PATHS);
    await simulation.run();
    simulation.remote.put("/data/1/new", { size: 12 });
    const { files } = await filesOf(simulation, { dryRun: true });
    expect(files.map(({ path, size }) => [path, size])).to.deep.equal([["/data/1/new", 12]]);
  });

  it("cost nothing where nothing is new", async () => {
    const simulation = world(PATHS);
    await simulation.run();
    const { report, prefix } = await filesOf(simulation);
    expect(report).not.to.have.property("fileLists");
    expect(simulation.objects.keys(REPORTS).filter((key) => key.startsWith(`${prefix}files`))).to.deep.equal([]);
  });

  it("are listed once each, in however many slices and lists", async () => {
    const count = LINES_PER_LIST + 1;
    const simulation = world(Array.from({ length: count }, (_, index) => `/data/${index % 3}/${index}`));
    const { report, files } = await filesOf(simulation, { dryRun: true });
    expect(report.files.wouldTransfer).to.equal(count);
    expect(new Set(files.map(({ path }) => path)).size)
      .to.equal(files.length)
      .and.to.equal(count);
    expect(report.fileLists).to.deep.equal({ lists: ["files-001.jsonl", "files-002.jsonl"] });
  });

  it("leave a function's memory before it has decided about all of them", async () => {
    const simulation = world([]);
    const context = simulation.begin();
    await simulation.startSlice(context);
    const work = await Work.load(simulation.objects, context);
    work?.noteFiles(Array.from({ length: 1000 }, (_, index) => ({ path: `/data/${index}` })));
    await work?.writeFiles();
    expect(work?.files).to.include({ length: 1000, unwritten: 0 });
  });
});
