import { expect } from "chai";
import { nextOccurrence, previousOccurrence } from "../../../config/schedule/occurrences";
import { occurrencesBetween } from "../../../config/schedule/occurrences-between";
import type { Schedule } from "../../../contract/model";
import { cron } from "../../support/cron";
import { MINUTE, WalkedClock } from "./walked-clock";

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

describe("previousOccurrence where the clock is put forward or back", () => {
  const [BERLIN, NEW_YORK, LORD_HOWE] = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"];
  const cases: readonly (readonly [string, string, string, string, string])[] = [
    ["a day whose time is left out", "30 2 * * ? *", "2026-03-30T00:30Z", "2026-03-28T01:30Z", BERLIN],
    ["the first minute left out", "0 2 * * ? *", "2026-03-30T00:00Z", "2026-03-28T01:00Z", BERLIN],
    ["the last minute left out", "59 2 * * ? *", "2026-03-30T00:59Z", "2026-03-28T01:59Z", BERLIN],
    ["the first minute after", "0 3 * * ? *", "2026-03-30T01:00Z", "2026-03-29T01:00Z", BERLIN],
    ["a day that lost an hour", "0 6 * * ? *", "2026-03-29T04:00Z", "2026-03-28T05:00Z", BERLIN],
    ["half hours around the hour left out", "0/30 * * * ? *", "2026-03-29T01:00Z", "2026-03-29T00:30Z", BERLIN],
    ["the last day of a month, left out", "30 2 L * ? *", "2024-04-30T00:30Z", "2024-02-29T01:30Z", BERLIN],
    ["the last Sunday of a month, left out", "30 2 ? * 1L *", "2026-04-26T00:30Z", "2026-02-22T01:30Z", BERLIN],
    ["the weekday after a shift", "30 2 29W * ? *", "2026-04-29T00:30Z", "2026-03-30T00:30Z", BERLIN],
    ["a day that gained an hour", "0 6 * * ? *", "2026-10-25T05:00Z", "2026-10-24T04:00Z", BERLIN],
    ["a time that came twice", "30 2 * * ? *", "2026-10-26T01:30Z", "2026-10-25T00:30Z", BERLIN],
    ["half hours after the doubled hour", "0/30 * * * ? *", "2026-10-25T02:00Z", "2026-10-25T00:30Z", BERLIN],
    ["half hours in the first pass", "0/30 * * * ? *", "2026-10-25T00:30Z", "2026-10-25T00:00Z", BERLIN],
    [
      "half hours at the second pass, if that is run",
      "0/30 * * * ? *",
      "2026-10-25T01:00Z",
      "2026-10-24T23:30Z",
      BERLIN,
    ],
    [
      "half hours in the second pass, if that is run",
      "0/30 * * * ? *",
      "2026-10-25T01:30Z",
      "2026-10-25T00:00Z",
      BERLIN,
    ],
    ["the last Sunday of a month, doubled", "30 2 ? * 1L *", "2026-11-29T01:30Z", "2026-10-25T00:30Z", BERLIN],

    ["a day whose time is left out", "30 2 * * ? *", "2026-03-09T06:30Z", "2026-03-07T07:30Z", NEW_YORK],
    ["half hours around the hour left out", "0/30 * * * ? *", "2026-03-08T07:00Z", "2026-03-08T06:30Z", NEW_YORK],
    ["the second Sunday of a month, left out", "30 2 ? * 1#2 *", "2026-04-12T06:30Z", "2026-02-08T07:30Z", NEW_YORK],
    ["half hours after the doubled hour", "0/30 * * * ? *", "2026-11-01T07:00Z", "2026-11-01T05:30Z", NEW_YORK],
    ["the first Sunday of a month, doubled", "30 1 ? * 1#1 *", "2026-12-06T06:30Z", "2026-11-01T05:30Z", NEW_YORK],
    [
      "the last day of a month, before the doubled hour",
      "0 0 L * ? *",
      "2026-11-30T05:00Z",
      "2026-10-31T04:00Z",
      NEW_YORK,
    ],

    ["a day whose time is left out", "15 2 * * ? *", "2026-10-04T15:15Z", "2026-10-02T15:45Z", LORD_HOWE],
    ["the half hour left out", "0/30 * * * ? *", "2026-10-03T15:30Z", "2026-10-03T15:00Z", LORD_HOWE],
    ["the first Sunday of a month, left out", "15 2 ? * 1#1 *", "2026-10-31T15:15Z", "2026-09-05T15:45Z", LORD_HOWE],
    ["half hours after the doubled one", "0/30 * * * ? *", "2026-04-04T15:30Z", "2026-04-04T14:30Z", LORD_HOWE],
    ["the first Sunday of a month, doubled", "45 1 ? * 1#1 *", "2026-05-02T15:15Z", "2026-04-04T14:45Z", LORD_HOWE],

    [
      "the weekday that is nearest, left out",
      "30 0 26W * ? *",
      "2024-05-26T21:30Z",
      "2024-03-25T22:30Z",
      "Africa/Cairo",
    ],
    [
      "the last weekday of a month, doubled",
      "30 23 LW * ? *",
      "2024-11-29T21:30Z",
      "2024-10-31T20:30Z",
      "Africa/Cairo",
    ],

    ["a day, by a clock without shifts", "30 2 * * ? *", "2026-03-30T02:30Z", "2026-03-29T02:30Z", "UTC"],
    ["half hours, by a clock without shifts", "0/30 * * * ? *", "2026-10-25T02:00Z", "2026-10-25T01:30Z", "UTC"],
    [
      "the last day of a month, by a clock without shifts",
      "30 2 L * ? *",
      "2024-04-30T02:30Z",
      "2024-03-31T02:30Z",
      "UTC",
    ],
  ];
  for (const [what, fields, before, previous, timezone] of cases) {
    it(`${timezone}: ${what}`, () => {
      expect(previousOccurrence(cron(fields, timezone), new Date(before))).to.deep.equal(new Date(previous));
    });
  }
});

describe("nextOccurrence and previousOccurrence against a walk over every minute of a year", () => {
  const YEAR = [Date.parse("2024-01-01T00:00Z"), Date.parse("2025-01-01T00:00Z")] as const;
  const isAt = (shown: Date, hour: number, minute: number) =>
    shown.getUTCHours() === hour && shown.getUTCMinutes() === minute;
  const isShiftMonth = (shown: Date) => [3, 4, 10, 11].includes(shown.getUTCMonth() + 1);
  const daysLater = (shown: Date, days: number) => new Date(shown.getTime() + days * 24 * 60 * MINUTE);
  const isLastDay = (shown: Date) => daysLater(shown, 1).getUTCDate() === 1;
  const isWeekday = (shown: Date) => shown.getUTCDay() % 6 !== 0;
  /** The date itself, on Friday also that of Saturday, on Monday that of Sunday. */
  const isNearestWeekday = (shown: Date, date: number) =>
    isWeekday(shown) &&
    [0, ...(shown.getUTCDay() === 5 ? [1] : []), ...(shown.getUTCDay() === 1 ? [-1] : [])].some(
      (days) => daysLater(shown, days).getUTCDate() === date,
    );
  const expressions: readonly (readonly [fields: string, isDue: (shown: Date) => boolean])[] = [
    ["30 2 * * ? *", (shown) => isAt(shown, 2, 30)],
    ["45 1 * * ? *", (shown) => isAt(shown, 1, 45)],
    [
      "0/30 0-3,23 * 3,4,10,11 ? *",
      (shown) => isShiftMonth(shown) && (shown.getUTCHours() + 1) % 24 <= 4 && shown.getUTCMinutes() % 30 === 0,
    ],
    [
      "0/10 2 ? 3,4,10,11 1 *",
      (shown) =>
        isShiftMonth(shown) && shown.getUTCDay() === 0 && shown.getUTCHours() === 2 && shown.getUTCMinutes() % 10 === 0,
    ],
    ["30 2 L * ? *", (shown) => isAt(shown, 2, 30) && isLastDay(shown)],
    [
      "15 2 ? * 1L *",
      (shown) => isAt(shown, 2, 15) && shown.getUTCDay() === 0 && daysLater(shown, 7).getUTCDate() <= 7,
    ],
    ["30 0 26W * ? *", (shown) => isAt(shown, 0, 30) && isNearestWeekday(shown, 26)],
    [
      "30 23 LW * ? *",
      (shown) =>
        isAt(shown, 23, 30) &&
        isWeekday(shown) &&
        (isLastDay(shown) || (shown.getUTCDay() === 5 && daysLater(shown, 3).getUTCDate() <= 3)),
    ],
    [
      "15 2 ? * 1#2 *",
      (shown) => isAt(shown, 2, 15) && shown.getUTCDay() === 0 && Math.ceil(shown.getUTCDate() / 7) === 2,
    ],
    ["45 1 ? * 1#1 *", (shown) => isAt(shown, 1, 45) && shown.getUTCDay() === 0 && shown.getUTCDate() <= 7],
  ];
  for (const timezone of ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC"]) {
    describe(timezone, () => {
      let clock: WalkedClock;

      before(() => {
        clock = new WalkedClock(timezone);
      });

      for (const [fields, isDue] of expressions) {
        it(`${fields}, at every run and every five minutes near a shift`, () => {
          const schedule = cron(fields, timezone);
          const runs = clock.runs(isDue);
          const times = [...runs.map(({ due }) => due), ...clock.nearShifts()];
          for (const time of times.filter((each) => each >= YEAR[0] && each < YEAR[1])) {
            // By the clock: within an hour that comes twice a run is due in the second pass only if the first had none.
            const previous = runs.findLast(({ shown }) => shown < clock.shown(time));
            const next = runs.find(({ due }) => due > time);
            const found = [previousOccurrence, nextOccurrence].map((f) => f(schedule, new Date(time))?.getTime());
            expect(found, new Date(time).toISOString()).to.deep.equal([previous?.due, next?.due]);
          }
          const inYear = runs.map(({ due }) => due).filter((due) => due >= YEAR[0] && due < YEAR[1]);
          const listed = [...occurrencesBetween(schedule, new Date(YEAR[0]), new Date(YEAR[1]))];
          expect(listed.map((due) => due.getTime())).to.deep.equal(inYear);
        });
      }
    });
  }
});
