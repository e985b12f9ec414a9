import { expect } from "chai";
import { longestGapSeconds } from "../../../config/schedule/longest-gap";
import { nextOccurrence } from "../../../config/schedule/occurrences";
import type { Schedule } from "../../../contract/model";
import { successWatch } from "../../../stacks/constructs/monitoring/success-watch";
import { cron } from "../../support/cron";
import { randomNumbers } from "../../support/random";
import { testSync } from "../support";

const HOUR = 3600;
const DAY = 24 * HOUR;

function watch(schedule: Schedule, graceSeconds = 2 * HOUR, enabled = true) {
  return successWatch(testSync("orders", { schedule, enabled }), graceSeconds);
}

function watched(schedule: Schedule, graceSeconds: number): { periodSeconds: number; periods: number } {
  const result = watch(schedule, graceSeconds);
  if (result.reason !== undefined) {
    throw new Error(result.reason);
  }
  return result;
}

describe("successWatch", () => {
  it("looks back for the longest gap and the grace, and a period more", () => {
    expect(watch(cron("0 * * * ? *"))).to.deep.equal({ periodSeconds: 300, periods: 37 });
    expect(watch(cron("0 6 * * ? *"))).to.deep.equal({ periodSeconds: 3600, periods: 27 });
    expect(watch(cron("0 6 ? * MON-FRI *"), 6 * HOUR)).to.deep.equal({ periodSeconds: 3600, periods: 79 });
  });

  it("looks in steps of five minutes as long as a day suffices", () => {
    expect(watch(cron("0 0/12 * * ? *"), 12 * HOUR - 300)).to.deep.equal({ periodSeconds: 300, periods: 288 });
    expect(watch(cron("0 0/12 * * ? *"), 12 * HOUR)).to.deep.equal({ periodSeconds: 3600, periods: 25 });
  });

  it("ends at the seven days that CloudWatch looks back", () => {
    const every6Days: Schedule = { kind: "rate", expression: "rate(6 days)", timezone: "UTC" };
    expect(watch(every6Days, 23 * HOUR)).to.deep.equal({ periodSeconds: 3600, periods: 168 });
    expect(watch(every6Days, 23 * HOUR + 1).reason).to.match(
      /^up to 6 days .* 24 hours more: that does not fit in the 7/,
    );
  });

  const unwatched: readonly (readonly [what: string, schedule: Schedule, reason: RegExp, enabled?: boolean])[] = [
    ["on demand", { kind: "on-demand" }, /on demand: no run is ever due/],
    ["disabled", cron("0 * * * ? *"), /disabled/, false],
    ["weekly", cron("0 0 ? * 1 *"), /up to 7 days lie between two runs, and success may take 2 hours more/],
    ["monthly", cron("0 0 1 * ? *"), /up to 31 days/],
    ["of certain years", cron("0 0 * * ? 2030"), /certain years/],
  ];
  for (const [what, schedule, reason, enabled] of unwatched) {
    it(`says why not, for a sync that is ${what}`, () => {
      expect(watch(schedule, undefined, enabled).reason).to.match(reason);
    });
  }

  /** Successes that come up to the grace late, as CloudWatch sees them: by the period in which they fall. */
  const schedules: readonly (readonly [schedule: Schedule, graceSeconds: number, runs: number])[] = [
    [cron("* * * * ? *"), 60, 3000],
    [cron("0/10 8-18 ? * MON-FRI *"), HOUR, 3000],
    [cron("0 * * * ? *"), 2 * HOUR, 3000],
    [cron("30 2 * * ? *"), 4 * HOUR, 1000],
    [cron("0 6 * * ? *", "Europe/Berlin"), 2 * HOUR, 1000],
    [cron("0 6 ? * MON-FRI *"), 10 * HOUR, 1000],
    [cron("15 3 1,6,11,16,21,26 * ? *"), HOUR, 300],
  ];
  for (const [schedule, graceSeconds, runs] of schedules) {
    const title = schedule.kind === "cron" ? schedule.expression : "";
    it(`raises no alarm while runs of ${title} succeed within ${graceSeconds} seconds`, () => {
      const { periodSeconds, periods } = watched(schedule, graceSeconds);
      const random = randomNumbers(runs);
      let due = new Date("2027-01-01T00:00:00Z");
      let before: number | undefined;
      for (let run = 0; run < runs; run += 1) {
        due = nextOccurrence(schedule, due) ?? due;
        const success = due.getTime() / 1000 + random() * graceSeconds;
        const period = Math.floor(success / periodSeconds);
        expect(period - (before ?? period) - 1, due.toISOString()).to.be.below(periods);
        before = Math.max(period, before ?? period);
      }
    });

    it(`raises the alarm of ${title} within two periods after the grace`, () => {
      const { periodSeconds, periods } = watched(schedule, graceSeconds);
      const awaited = (longestGapSeconds(schedule) ?? 0) + graceSeconds;
      expect(periods * periodSeconds).to.be.within(awaited, awaited + 2 * periodSeconds);
    });
  }

  it("keeps CloudWatch's limits for every gap and grace", () => {
    for (const days of [1, 2, 3, 4, 5, 6]) {
      for (const grace of [0, 1, 299, 300, HOUR, 5 * HOUR, 20 * HOUR]) {
        const { periodSeconds, periods } = watched(
          { kind: "rate", expression: `rate(${days} days)`, timezone: "UTC" },
          grace,
        );
        expect(periodSeconds * periods).to.be.at.most(periodSeconds < HOUR ? DAY : 7 * DAY);
      }
    }
  });
});
