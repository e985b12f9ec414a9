import { expect } from "chai";
import fc from "fast-check";
import { nextOccurrence, previousOccurrence } from "../../config/schedule/occurrences";
import { rateSeconds } from "../../config/schedule/rate";
import { parseSchedule, parseScheduleField } from "../../config/schedule/schedule";
import { parseTimeZone } from "../../config/schedule/time-zone";
import { type CronReference, cronReferences } from "./support/cron-reference";
import { expectReadable, fuzz } from "./support/fuzz";
import { anyText, mutated } from "./support/hostile";
import { walkedWindow } from "./support/walked-window";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Around shifts of the clock, and where none is. */
const PLACES = [
  ["Europe/Berlin", "2026-03-29T01:00Z"],
  ["Europe/Berlin", "2026-10-25T01:00Z"],
  ["America/New_York", "2027-03-14T07:00Z"],
  ["America/New_York", "2026-11-01T06:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00Z"],
  ["Australia/Lord_Howe", "2026-10-03T15:30Z"],
  ["Africa/Cairo", "2026-04-23T22:00Z"],
  ["America/St_Johns", "2026-11-01T04:30Z"],
  ["Asia/Kathmandu", "2026-02-28T18:15Z"],
  ["Pacific/Apia", "2028-02-29T10:00Z"],
  ["UTC", "2026-12-31T23:00Z"],
] as const;

const occasions = fc.tuple(
  cronReferences,
  fc.constantFrom(...PLACES),
  fc.integer({ min: -36 * 60, max: 36 * 60 }),
  fc.nat({ max: 59_999 }),
);

describe("hostile schedules", () => {
  it("are due when a walk over every minute around says so", () => {
    let due = 0;
    fuzz(occasions, 120, ([reference, [timezone, around], minutes, milliseconds]) => {
      const { schedule } = parseSchedule(reference.text, timezone);
      // Dates that do not exist are refused.
      fc.pre(schedule !== undefined);
      const time = Date.parse(around) + minutes * MINUTE + milliseconds;
      const walked = walkedWindow(timezone, time - 2 * DAY, time + 2 * DAY, reference.isDue);
      const next = nextOccurrence(schedule, new Date(time))?.getTime();
      const expected = walked.find((run) => run.due > time)?.due;
      expect(
        next === undefined || next >= time + 2 * DAY ? undefined : next,
        describeCase(reference, timezone, time),
      ).to.equal(expected);
      const previous = previousOccurrence(schedule, new Date(time))?.getTime();
      if (expected !== undefined && previous !== undefined) {
        due += 1;
        expect(previous).to.be.lessThan(time);
        expect(walked.some((run) => run.due === previous) || previous < time - 2 * DAY + 3 * 60 * MINUTE).to.equal(
          true,
        );
      }
    });
    expect(due).to.be.greaterThan(0);
  });

  const texts = fc.oneof(
    mutated(cronReferences.map(({ text }) => text)),
    mutated(
      fc.constantFrom(
        "rate(5 minutes)",
        "@hourly",
        "on-demand",
        "at(2026-01-01T00:00:00)",
        "0 6 * * *",
        "22-6/3 * * * ? *",
      ),
    ),
    anyText,
  );

  it("are refused in words, or kept in a form that is read the same again", () => {
    fuzz(texts, 300, (text) => {
      const { value, findings } = parseScheduleField(text);
      expect(value === undefined).to.equal(findings.some(({ severity }) => severity === "error"));
      for (const { message, received = "", allowed = "" } of findings) {
        expectReadable(`${message} ${received} ${allowed}`);
      }
      if (value !== undefined && value.kind !== "on-demand") {
        expect(value.expression.length).to.be.at.most(256);
        expect(parseScheduleField(value.expression).value).to.deep.equal(value);
        expect(value.kind === "rate" ? rateSeconds(value) : 1).to.be.greaterThan(0);
      }
    });
  });

  it("have time zones that this machine knows, or are refused in words", () => {
    fuzz(fc.oneof(mutated(fc.constantFrom("Europe/Berlin", "UTC", "America/New_York")), anyText), 100, (text) => {
      const { value, findings } = parseTimeZone(text);
      for (const { message, received = "" } of findings) {
        expectReadable(`${message} ${received}`);
      }
      if (value !== undefined) {
        expect(() => new Intl.DateTimeFormat("en", { timeZone: value })).not.to.throw();
      }
    });
  });
});

const describeCase = ({ text }: CronReference, timezone: string, time: number) =>
  `${text} in ${timezone} after ${new Date(time).toISOString()}`;
