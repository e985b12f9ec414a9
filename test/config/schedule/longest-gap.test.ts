import { expect } from "chai";
import { longestGapSeconds } from "../../../config/schedule/longest-gap";
import { SCHEDULE_TAGS } from "../../../config/schedule/schedule-tags";
import type { Schedule } from "../../../contract/model";
import { cron } from "../../support/cron";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;

describe("longestGapSeconds", () => {
  const cases: readonly (readonly [what: string, fields: string, seconds: number, timezone?: string])[] = [
    ["every minute", "* * * * ? *", MINUTE],
    ["every hour", "0 * * * ? *", HOUR],
    ["every day", "0 6 * * ? *", DAY],
    ["the night of an hourly schedule by day", "0 8-18 * * ? *", 14 * HOUR],
    ["the night between unequal times", "30 6,7,22 * * ? *", 15 * HOUR],
    ["steps from a start", "5/20 9 * * ? *", DAY - 40 * MINUTE],
    ["a weekend", "0 6 ? * MON-FRI *", 3 * DAY],
    ["a weekend, from Friday's last run to Monday's first", "0/10 8-18/2 ? * 2-6 *", 61 * HOUR + 10 * MINUTE],
    ["a week", "0 0 ? * 7 *", 7 * DAY],
    ["L, the last day of the week", "0 0 ? * L *", 7 * DAY],
    ["the longest month", "0 0 1 * ? *", 31 * DAY],
    ["five weeks between first Mondays", "0 0 ? * 2#1 *", 35 * DAY],
    ["a short February does not shorten others", "0 0 1,11,21 * ? *", 11 * DAY],
    ["half a year without runs", "0 12 * 1-6 ? *", 185 * DAY],
    ["four years between leap days", "0 0 29 2 ? *", 1461 * DAY],
    ["autumn adds an hour to a day", "0 6 * * ? *", DAY + HOUR, "Europe/Berlin"],
    ["autumn adds an hour to an hour that comes twice", "0 * * * ? *", 2 * HOUR, "Europe/Berlin"],
    ["spring leaves out a time, so that its run is skipped", "30 2 * * ? *", 2 * DAY - HOUR, "Europe/Berlin"],
    ["spring is in October elsewhere", "30 2 * * ? *", 2 * DAY - HOUR, "Australia/Sydney"],
    ["a run of many within the hour left out", "0/30 * * * ? *", HOUR + 30 * MINUTE, "Europe/Berlin"],
    ["half an hour's shift", "0 12 * * ? *", DAY + 30 * MINUTE, "Australia/Lord_Howe"],
    ["a shift at a weekend counts for the weekend", "0 6 ? * MON-FRI *", 3 * DAY + HOUR, "Europe/Berlin"],
    ["a shift counts in every gap that holds its night", "0 6 ? * TUE-THU *", 5 * DAY + HOUR, "Europe/Berlin"],
    ["a zone without shifts", "0 6 * * ? *", DAY, "Asia/Kolkata"],
  ];
  for (const [what, fields, seconds, timezone] of cases) {
    it(`${what}: ${fields} ${timezone ?? ""}`, () => {
      expect(longestGapSeconds(cron(fields, timezone))).to.equal(seconds);
    });
  }

  it("takes every tag", () => {
    const gaps = Object.entries(SCHEDULE_TAGS).map(([tag, fields]) => [tag, longestGapSeconds(cron(fields))]);
    expect(Object.fromEntries(gaps)).to.include({
      "@every10min": 10 * MINUTE,
      "@sunday": 7 * DAY,
      "@monthly": 31 * DAY,
    });
  });

  for (const [expression, seconds] of [
    ["rate(1 minute)", MINUTE],
    ["rate(15 minutes)", 15 * MINUTE],
    ["rate(6 hours)", 6 * HOUR],
    ["rate(2 days)", 2 * DAY],
  ] as const) {
    it(`${expression}, whatever the clock does`, () => {
      const schedule: Schedule = { kind: "rate", expression, timezone: "Europe/Berlin" };
      expect(longestGapSeconds(schedule)).to.equal(seconds);
    });
  }

  it("knows no bound on demand, and none where the schedule ends", () => {
    expect(longestGapSeconds({ kind: "on-demand" })).to.equal(undefined);
    expect(longestGapSeconds(cron("0 0 * * ? 2026-2030"))).to.equal(undefined);
  });
});
