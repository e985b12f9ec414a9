import { expect } from "chai";
import type { Schedule } from "../../config/model";
import { nextOccurrence, previousOccurrence } from "../../config/occurrences";

function cron(fields: string, timezone = "UTC"): Schedule {
  return { kind: "cron", expression: `cron(${fields})`, timezone };
}

/** From a Wednesday. */
const NOW = new Date("2026-07-15T12:00:00Z");

describe("nextOccurrence and previousOccurrence", () => {
  const cases: readonly (readonly [string, string, string | undefined, string | undefined, string?])[] = [
    ["every hour, exclusive at both ends", "0 * * * ? *", "2026-07-15T11:00Z", "2026-07-15T13:00Z"],
    ["every ten minutes", "0/10 * * * ? *", "2026-07-15T11:50Z", "2026-07-15T12:10Z"],
    ["a month", "0 0 1 * ? *", "2026-07-01T00:00Z", "2026-08-01T00:00Z"],
    ["1 is Sunday", "0 0 ? * 1 *", "2026-07-12T00:00Z", "2026-07-19T00:00Z"],
    ["7 is Saturday", "0 0 ? * 7 *", "2026-07-11T00:00Z", "2026-07-18T00:00Z"],
    ["L as a day of the week is Saturday", "0 0 ? * L *", "2026-07-11T00:00Z", "2026-07-18T00:00Z"],
    ["the last Friday of a month", "0 0 ? * 6L *", "2026-06-26T00:00Z", "2026-07-31T00:00Z"],
    ["the second Monday of a month", "0 0 ? * 2#2 *", "2026-07-13T00:00Z", "2026-08-10T00:00Z"],
    ["the last day of a month", "0 0 L * ? *", "2026-06-30T00:00Z", "2026-07-31T00:00Z"],
    ["the last weekday of a month", "0 0 LW * ? *", "2026-06-30T00:00Z", "2026-07-31T00:00Z"],
    ["the weekday nearest to the 1st, within the month", "0 0 1W * ? *", "2026-07-01T00:00Z", "2026-08-03T00:00Z"],
    ["weekdays by name", "0 0 ? * MON-FRI *", "2026-07-15T00:00Z", "2026-07-16T00:00Z"],
    ["the leap day", "0 0 29 2 ? *", "2024-02-29T00:00Z", "2028-02-29T00:00Z"],
    ["a year to come", "0 0 1 1 ? 2030", undefined, "2030-01-01T00:00Z"],
    ["a year gone by", "0 0 1 1 ? 2020", "2020-01-01T00:00Z", undefined],
    ["summer time in Berlin", "0 6 * * ? *", "2026-07-15T04:00Z", "2026-07-16T04:00Z", "Europe/Berlin"],
    ["a zone with half an hour", "0 6 * * ? *", "2026-07-15T00:30Z", "2026-07-16T00:30Z", "Asia/Kolkata"],
  ];
  for (const [what, fields, previous, next, timezone] of cases) {
    it(what, () => {
      const schedule = cron(fields, timezone);
      const date = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
      expect(previousOccurrence(schedule, NOW)).to.deep.equal(date(previous));
      expect(nextOccurrence(schedule, NOW)).to.deep.equal(date(next));
    });
  }

  it("know nothing of a rate or of on-demand", () => {
    const rate: Schedule = { kind: "rate", expression: "rate(5 minutes)", timezone: "UTC" };
    expect([previousOccurrence(rate, NOW), nextOccurrence(rate, NOW)]).to.deep.equal([undefined, undefined]);
    expect(previousOccurrence({ kind: "on-demand" }, NOW)).to.equal(undefined);
  });
});
