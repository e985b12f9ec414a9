import { expect } from "chai";
import type { Schedule } from "../../../contract/model";
import { limitUses, sharing } from "../../../scripts/commands/overview/account-limits";
import { minutesWords } from "../../../scripts/commands/overview/minute-words";
import { type ScheduledSync, weekOf } from "../../../scripts/commands/overview/week";
import { testSettings } from "../../stacks/support";

/** A Monday. */
const NOW = new Date("2026-11-30T15:30:00Z");
const FROM = new Date("2026-11-30T00:00:00Z");

const cron = (fields: string, timezone = "UTC"): Schedule => ({
  kind: "cron",
  expression: `cron(${fields})`,
  timezone,
});
const rate = (expression: string): Schedule => ({ kind: "rate", expression: `rate(${expression})`, timezone: "UTC" });

const sync = (name: string, schedule: Schedule): ScheduledSync => {
  const [server = "", own = ""] = name.split("/");
  return { server, sync: own, schedule };
};

describe("the week of all schedules", () => {
  it("begins with the day of now, in UTC, and has the starts of every minute", () => {
    const week = weekOf([sync("a/x", cron("0 6 * * ? *")), sync("b/x", cron("30 6 ? * MON *"))], NOW);
    expect(week.from).to.deep.equal(FROM);
    expect(week.starts).to.have.lengthOf(7 * 1440);
    expect([week.starts[360], week.starts[390], week.starts[1440 + 360], week.starts[1440 + 390]]).to.deep.equal([
      1, 1, 1, 0,
    ]);
    expect(week.starts.reduce((sum, one) => sum + one, 0)).to.equal(8);
    expect(week.busiest).to.deep.equal({ minute: 360, runs: 1 });
    expect(week.collisions).to.deep.equal([]);
  });

  it("finds what starts in the same minute, whatever clock each goes by", () => {
    const week = weekOf(
      [
        sync("a/x", cron("0 7 * * ? *", "Europe/Berlin")),
        sync("b/x", cron("0 6 * * ? *")),
        sync("a/y", cron("0 1 ? * MON *", "America/New_York")),
      ],
      NOW,
    );
    expect(week.collisions).to.deep.equal([
      { syncs: ["a/x", "b/x", "a/y"], crowded: { server: "a", syncs: 2 }, minutes: [360] },
      {
        syncs: ["a/x", "b/x"],
        crowded: { server: "a", syncs: 1 },
        minutes: [1, 2, 3, 4, 5, 6].map((day) => day * 1440 + 360),
      },
    ]);
    expect(week.busiest).to.deep.equal({ minute: 360, runs: 3 });
  });

  it("follows a clock that is put back within the week", () => {
    const week = weekOf([sync("a/x", cron("0 7 * * ? *", "Europe/Berlin"))], new Date("2026-10-24T12:00:00Z"));
    const [first, second] = [...week.minutesOf.values()][0] ?? [];
    expect([first, second]).to.deep.equal([5 * 60, 1440 + 6 * 60]);
  });

  it("knows the minutes of a rate only where it fires in all of them", () => {
    const week = weekOf([sync("a/x", rate("1 minute")), sync("b/x", rate("6 hours"))], NOW);
    expect(week.starts.every((runs) => runs === 1)).to.equal(true);
    expect(week.unplaced).to.deep.equal([{ sync: "b/x", everySeconds: 21_600 }]);
  });

  it("has no busiest minute where nothing starts", () => {
    const week = weekOf([], NOW);
    expect(week).not.to.have.property("busiest");
    expect(sharing(week, testSettings())).to.equal(undefined);
  });
});

describe("what runs share that start together", () => {
  it("is the account's bandwidth, and the connector's listings of the server with most of them", () => {
    const daily = cron("0 6 * * ? *");
    const week = weekOf([sync("a/x", daily), sync("a/y", daily), sync("a/z", daily), sync("b/x", daily)], NOW);
    expect(sharing(week, testSettings())).to.deep.equal({
      runs: 4,
      bytesPerSecond: 12_500_000,
      crowded: { server: "a", syncs: 3, listingsPerSecond: 1 },
    });
    const uses = limitUses(
      { servers: 2, syncs: 4 },
      week,
      testSettings({ startsPerMinute: 7, reservedConcurrency: 5 }),
    );
    const figures = new Map(uses.map(({ name, used, limit }) => [name, [used, limit]]));
    expect(figures.get("IAM roles")).to.deep.equal([11, 1000]);
    expect(figures.get("Runs that start in one minute")).to.deep.equal([4, 1000]);
    expect(figures.get("Runs of one server that start in one minute")).to.deep.equal([3, 7]);
    expect(figures.get("Reserved Lambda executions")).to.deep.equal([40, 900]);
  });
});

describe("minutes of a week in words", () => {
  const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
  const at = (days: readonly number[], times: readonly number[]) =>
    days.flatMap((day) => times.map((time) => day * 1440 + time)).sort((a, b) => a - b);

  for (const [minutes, words] of [
    [at(EVERY_DAY, [360]), "daily 06:00"],
    [at([0, 1, 2, 3, 4], [390, 1080]), "Mon-Fri 06:30, 18:00"],
    [at([1, 6], [0]), "Sun, Tue 00:00"],
    [
      at(
        EVERY_DAY,
        Array.from({ length: 24 }, (_, hour) => hour * 60 + 5),
      ),
      "daily, every hour at :05",
    ],
    [
      at(
        EVERY_DAY,
        Array.from({ length: 6 }, (_, nth) => nth * 240 + 15),
      ),
      "daily, every 4 hours from 00:15",
    ],
    [
      at(
        EVERY_DAY,
        Array.from({ length: 1440 }, (_, minute) => minute),
      ),
      "daily, every minute",
    ],
    [[10, 1440 + 20], "2 times, first Mon 00:10"],
  ] as const) {
    it(words, () => expect(minutesWords(minutes, FROM)).to.equal(words));
  }
});
