import { expect } from "chai";
import { shiftedTimes } from "../../../engine/decisions/shifted-times";
import { EMPTY_LEDGER, type FolderLedger } from "../../../engine/ledger/ledger";
import type { FileItem } from "../../../engine/work/items";
import { Simulation } from "../support/simulation";

const LISTED_AT = new Date("2026-03-29T10:00:00Z");
const LEARNT = "2026-03-28T10:00:00Z";
const HOUR = 3_600_000;

/** Times of three files, a day and more before the ledger learnt them. */
const TIMES = ["2026-03-01T08:00:00.000Z", "2026-03-02T09:30:00.000Z", "2026-03-27T10:15:10.000Z"];

function ledger(times: readonly (string | undefined)[] = TIMES, listedAt: string | undefined = LEARNT): FolderLedger {
  const files = times.map((modified, index) => [`f${index}`, { size: index, modified }] as const);
  return { ...EMPTY_LEDGER, files: new Map(files), listedAt };
}

function moved(milliseconds: number, times: readonly string[] = TIMES): FileItem[] {
  return times.map((time, index) => ({
    name: `f${index}`,
    size: index,
    modified: new Date(Date.parse(time) + milliseconds).toISOString(),
  }));
}

describe("shiftedTimes", () => {
  for (const hours of [1, -1, 0.5, 5.5, -26]) {
    it(`sees that all times have moved by ${hours} hours`, () => {
      const files = moved(hours * HOUR);
      const shifted = shiftedTimes(files, ledger(), LISTED_AT);
      expect([...shifted.values()].map(({ modified }) => modified)).to.deep.equal(
        files.map(({ modified }) => modified),
      );
    });
  }

  const changes: [string, FileItem[], FolderLedger][] = [
    ["have not moved", moved(0), ledger()],
    ["have moved by something else than half hours", moved(HOUR + 1000), ledger()],
    ["have moved further than time zones differ", moved(26.5 * HOUR), ledger()],
    ["have moved, but for one", [...moved(HOUR).slice(1), ...moved(0).slice(0, 1)], ledger()],
    ["have moved, one further than the others", [...moved(HOUR).slice(1), ...moved(2 * HOUR).slice(0, 1)], ledger()],
    ["have moved, and a size has changed", moved(HOUR).map((file) => ({ ...file, size: 7 })), ledger()],
    ["have moved, and sizes are not listed", moved(HOUR).map(({ name, modified }) => ({ name, modified })), ledger()],
    ["are that of a single file", moved(HOUR).slice(0, 1), ledger()],
    ["were not known", moved(HOUR), ledger([undefined, undefined, undefined])],
    ["are of files that the ledger does not know", moved(HOUR), EMPTY_LEDGER],
    [
      "are of marked files",
      moved(HOUR),
      {
        ...ledger(),
        marks: new Map(moved(0).map(({ name, ...file }) => [name, { size: file.size, modified: file.modified }])),
      },
    ],
  ];
  for (const [title, files, known] of changes) {
    it(`takes files for what they are whose times ${title}`, () => {
      expect(shiftedTimes(files, known, LISTED_AT).size).to.equal(0);
    });
  }

  it("leaves files that are new out of account", () => {
    const files = [...moved(HOUR), { name: "new", size: 3, modified: "2026-03-29T09:59:00Z" }];
    expect([...shiftedTimes(files, ledger(), LISTED_AT).keys()]).to.deep.equal(["f0", "f1", "f2"]);
  });

  it("takes files that can have been written anew for changed: since the ledger learnt of them, and before the listing", () => {
    const hourly = ["2026-03-28T09:00:00Z", "2026-03-28T09:00:02Z"];
    expect(shiftedTimes(moved(24 * HOUR, hourly), ledger(hourly), LISTED_AT).size).to.equal(0);
    expect(shiftedTimes(moved(25 * HOUR + HOUR, hourly), ledger(hourly), LISTED_AT).size).to.equal(2);
  });
});

describe("a folder whose times all moved by an hour", () => {
  function world(): Simulation {
    const simulation = new Simulation();
    simulation.remote.put("/data/a", { size: 1, modified: "2026-01-01T08:00:00Z" });
    simulation.remote.put("/data/b", { size: 2, modified: "2026-01-02T08:00:00Z" });
    return simulation;
  }

  function shift({ remote }: Simulation): void {
    remote.put("/data/a", { size: 1, modified: "2026-01-01T09:00:00Z" });
    remote.put("/data/b", { size: 2, modified: "2026-01-02T09:00:00Z" });
  }

  it("is not copied: the run warns, and knows the new times from then on", async () => {
    const simulation = world();
    await simulation.run();
    shift(simulation);
    simulation.remote.put("/data/new", { size: 3, modified: "2026-01-03T00:00:00Z" });
    const { report } = await simulation.run();
    expect(report.files).to.deep.include({ transferred: 1, skipped: { "time-shifted": 2 } });
    expect(report.warnings).to.have.length(1);
    expect(report.warnings[0]).to.match(/ShiftedTimes: copy.*\/data/);
    const next = await simulation.run();
    expect(next.report.files.skipped).to.deep.equal({ unchanged: 3 });
    expect(next.report.warnings).to.deep.equal([]);
  });

  it("is copied where the definition says so", async () => {
    const simulation = world();
    await simulation.run();
    shift(simulation);
    expect((await simulation.run({ shiftedTimes: "copy" })).report.files).to.deep.include({ transferred: 2 });
  });

  it("is held against S3 where everything is, and what is missing there is copied", async () => {
    const simulation = world();
    await simulation.run();
    shift(simulation);
    simulation.objects.delete("target-bucket", "in/acme/data/a");
    const { report } = await simulation.run({ fromTimestamp: 0 });
    expect(report.files).to.deep.include({ transferred: 1, skipped: { "already-in-s3": 1 } });
    expect((await simulation.run()).report.files.skipped).to.deep.equal({ unchanged: 2 });
  });

  it("is not taken note of by a dry run", async () => {
    const simulation = world();
    await simulation.run();
    shift(simulation);
    expect((await simulation.run({ dryRun: true })).report.files.skipped).to.deep.equal({ "time-shifted": 2 });
    expect((await simulation.run()).report.files.skipped).to.deep.equal({ "time-shifted": 2 });
  });
});
