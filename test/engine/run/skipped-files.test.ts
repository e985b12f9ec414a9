import { expect } from "chai";
import { MAX_FILE_BYTES } from "../../../engine/decisions/decide";
import { type Report, type SkippedFile, skippedFileSchema } from "../../../engine/report";
import { REPORTS, type RunOptions } from "../support/run-input";
import { Simulation } from "../support/simulation";

const MOST_OF_A_REASON = 100;

function world(paths: readonly string[]): Simulation {
  const simulation = new Simulation();
  for (const path of paths) {
    simulation.remote.put(path);
  }
  return simulation;
}

function listed(simulation: Simulation, { skippedLists }: Report, prefix: string): SkippedFile[] {
  const texts = skippedLists?.lists.map((name) => simulation.objects.text(REPORTS, prefix + name) ?? "") ?? [];
  return texts
    .join("")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => skippedFileSchema.parse(JSON.parse(line)));
}

async function skippedOf(simulation: Simulation, options: RunOptions = {}) {
  const context = simulation.begin(options);
  const { report } = await simulation.finish(await simulation.pump(context));
  return { report, prefix: context.prefix, files: listed(simulation, report, context.prefix) };
}

const numbered = (folder: string, count: number, end: string): string[] =>
  Array.from({ length: count }, (_, index) => `${folder}/${index}${end}`);

describe("the files that a run skips", () => {
  it("are all named by a dry run, those that are unchanged last", async () => {
    const simulation = world(["/data/a", "/data/b"]);
    await simulation.run();
    simulation.remote.put("/data/c.tmp", { size: 3 });
    simulation.remote.put("/data/huge", { size: MAX_FILE_BYTES + 1 });
    const { report, files } = await skippedOf(simulation, { dryRun: true, exclude: ["*.tmp"] });
    expect(files.map(({ path, reason }) => `${path} ${reason}`)).to.have.members([
      "/data/c.tmp excluded",
      "/data/huge too-large",
      "/data/a unchanged",
      "/data/b unchanged",
    ]);
    expect(files.map(({ reason }) => reason === "unchanged")).to.deep.equal([false, false, true, true]);
    expect(files.find(({ path }) => path === "/data/c.tmp")).to.have.property("size", 3);
    expect(report.skippedLists).to.deep.equal({ lists: ["skipped-001.jsonl"] });
  });

  it("cost a run that finds everything unchanged nothing", async () => {
    const simulation = world(numbered("/data", 1500, ""));
    await simulation.run();
    const { report, prefix } = await skippedOf(simulation);
    expect(report.files.skipped).to.deep.equal({ unchanged: 1500 });
    expect(report).not.to.have.property("skippedLists");
    const written = simulation.objects.keys(REPORTS).filter((key) => key.startsWith(prefix));
    expect(written.filter((key) => /skipped|unchanged/.test(key))).to.deep.equal([]);
  });

  it("are named by a run that copies to a bound of each reason, and counted beyond it", async () => {
    const simulation = world(["/data/new", ...numbered("/data/1", 80, ".tmp"), ...numbered("/data/2", 80, ".tmp")]);
    simulation.remote.put("/data/huge", { size: MAX_FILE_BYTES + 1 });
    const { report, files } = await skippedOf(simulation, { exclude: ["**/*.tmp"] });
    expect(report.files.skipped).to.deep.equal({ excluded: 160, "too-large": 1 });
    expect(files.filter(({ reason }) => reason === "excluded")).to.have.lengthOf(MOST_OF_A_REASON);
    expect(files.filter(({ reason }) => reason === "too-large").map(({ path }) => path)).to.deep.equal(["/data/huge"]);
    expect(report.skippedLists).to.deep.equal({
      lists: ["skipped-001.jsonl"],
      unlisted: 160 - MOST_OF_A_REASON,
    });
  });

  it("are named where they vanish before they are copied", async () => {
    const simulation = world(["/data/a", "/data/b"]);
    const context = simulation.begin();
    simulation.connector.failures.set("/data/b", [{ code: "FILE_NOT_FOUND", message: "No such file" }]);
    const { report } = await simulation.finish(await simulation.pump(context));
    const files = listed(simulation, report, context.prefix);
    expect(files.map(({ path, reason }) => [path, reason])).to.deep.equal([["/data/b", "vanished"]]);
  });
});
