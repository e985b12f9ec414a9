import { expect } from "chai";
import { parseSchedule } from "../../../config/schedule/schedule";
import { nextRuns, nextRunText } from "../../../scripts/commands/definitions/next-runs";
import { scheduleWords } from "../../../scripts/commands/definitions/schedule-words";

const NOW = new Date("2026-11-30T12:00:00Z");

function schedule(text: string, timezone = "UTC") {
  const result = parseSchedule(text, timezone);
  if (result.schedule === undefined) {
    throw new Error(result.reason);
  }
  return result.schedule;
}

describe("a schedule in words", () => {
  const words: readonly [written: string, words: string][] = [
    ["@hourly", "Every hour"],
    ["@every10min", "Every 10 minutes"],
    ["@daily", "At 00:00"],
    ["@monthly", "At 00:00, on day 1 of the month"],
    ["cron(30 6 ? * MON-FRI *)", "At 06:30, Monday through Friday"],
    ["cron(0 6 ? * 6L *)", "At 06:00, on the last Friday of the month"],
    ["cron(0 6 LW * ? *)", "At 06:00, on the last weekday of the month"],
    ["rate(15 minutes)", "Every 15 minutes, counted from its deployment"],
    ["rate(1 hour)", "Every hour, counted from its deployment"],
    ["on-demand", "On demand"],
  ];
  for (const [written, expected] of words) {
    it(`says ${expected} of ${written}`, () => {
      expect(scheduleWords(schedule(written))).to.equal(expected);
    });
  }

  it("names the day on which it is due, by AWS's numbers", () => {
    for (const day of ["1", "2", "3", "4", "5", "6", "7", "SUN", "WED", "SAT", "L"]) {
      const due = schedule(`cron(0 6 ? * ${day} *)`);
      const [next] = nextRuns(due, NOW, 1);
      const name = new Date(next?.utc ?? "").toLocaleDateString("en", { weekday: "long", timeZone: "UTC" });
      expect(scheduleWords(due)).to.equal(`At 06:00, only on ${name}`);
    }
  });
});

describe("the next runs", () => {
  it("are in UTC and by the clock of the zone, on either side of a change of the clocks", () => {
    const runs = nextRuns(schedule("cron(30 0 ? * SUN *)", "Europe/Berlin"), new Date("2027-03-25T00:00:00Z"), 2);
    expect(runs.map((run) => nextRunText(run, "Europe/Berlin"))).to.deep.equal([
      "2027-03-27 23:30 UTC (2027-03-28 00:30 in Europe/Berlin)",
      "2027-04-03 22:30 UTC (2027-04-04 00:30 in Europe/Berlin)",
    ]);
    const [daily] = nextRuns(schedule("@daily"), NOW, 1);
    expect(daily && nextRunText(daily, "UTC")).to.equal("2026-12-01 00:00 UTC");
  });

  it("are none of a rate, nor of what is on demand, nor when they are over", () => {
    for (const text of ["rate(1 hour)", "on-demand", "cron(0 0 1 1 ? 2020)"]) {
      expect(nextRuns(schedule(text), NOW, 3)).to.deep.equal([]);
    }
  });
});
