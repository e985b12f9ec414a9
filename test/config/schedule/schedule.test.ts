import { expect } from "chai";
import { parseSchedule, parseScheduleField } from "../../../config/schedule/schedule";
import { SCHEDULE_TAGS } from "../../../config/schedule/schedule-tags";
import { outcome } from "../support";

function expressionOf(text: string, timezone = "UTC"): unknown {
  return parseSchedule(text, timezone).schedule;
}

function reasonOf(text: string, timezone = "UTC"): string | undefined {
  const result = parseSchedule(text, timezone);
  return result.schedule === undefined ? result.reason : undefined;
}

describe("parseSchedule", () => {
  it("knows the sample's tags and no others", () => {
    expect(SCHEDULE_TAGS).to.deep.equal({
      "@monthly": "0 0 1 * ? *",
      "@daily": "0 0 * * ? *",
      "@hourly": "0 * * * ? *",
      "@minutely": "* * * * ? *",
      "@sunday": "0 0 ? * 1 *",
      "@monday": "0 0 ? * 2 *",
      "@tuesday": "0 0 ? * 3 *",
      "@wednesday": "0 0 ? * 4 *",
      "@thursday": "0 0 ? * 5 *",
      "@friday": "0 0 ? * 6 *",
      "@saturday": "0 0 ? * 7 *",
      "@every10min": "0/10 * * * ? *",
    });
  });

  for (const [tag, fields] of Object.entries(SCHEDULE_TAGS)) {
    it(`replaces ${tag}`, () => {
      expect(expressionOf(tag)).to.deep.equal({ kind: "cron", expression: `cron(${fields})`, timezone: "UTC" });
    });
  }

  it("takes on-demand", () => {
    expect(outcome(parseScheduleField("on-demand"))).to.deep.equal({ value: { kind: "on-demand" }, findings: [] });
  });

  for (const word of ["On-Demand", "ondemand", "manual"]) {
    it(`takes ${word} for on-demand, as the sample's code does`, () => {
      expect(outcome(parseScheduleField(word))).to.deep.equal({
        value: { kind: "on-demand" },
        findings: ["warning: is used as on-demand"],
      });
    });
  }

  const taken: readonly (readonly [string, string, string])[] = [
    ["0 6 * * ? *", "cron", "cron(0 6 * * ? *)"],
    ["cron(0 6 * * ? *)", "cron", "cron(0 6 * * ? *)"],
    ["  cron( 0  6 * * ? * ) ", "cron", "cron(0 6 * * ? *)"],
    ["0 6 ? jan-mar mon,fri 2030", "cron", "cron(0 6 ? JAN-MAR MON,FRI 2030)"],
    ["0 6 15W * ? *", "cron", "cron(0 6 15W * ? *)"],
    ["0 6 LW * ? *", "cron", "cron(0 6 LW * ? *)"],
    ["0 6 L * ? *", "cron", "cron(0 6 L * ? *)"],
    ["0 6 ? * L *", "cron", "cron(0 6 ? * L *)"],
    ["0 6 ? * 6L *", "cron", "cron(0 6 ? * 6L *)"],
    ["0 6 ? * TUE#2 *", "cron", "cron(0 6 ? * TUE#2 *)"],
    ["0 6 29 2 ? *", "cron", "cron(0 6 29 2 ? *)"],
    ["0 6 1 1 ? 2199", "cron", "cron(0 6 1 1 ? 2199)"],
    ["0 6 1 1 ? 1970", "cron", "cron(0 6 1 1 ? 1970)"],
    ["rate(1 minute)", "rate", "rate(1 minute)"],
    ["rate( 15  minutes )", "rate", "rate(15 minutes)"],
    ["rate(1 hour)", "rate", "rate(1 hour)"],
    ["rate(7 days)", "rate", "rate(7 days)"],
  ];
  for (const [text, kind, expression] of taken) {
    it(`takes ${text}`, () => {
      expect(expressionOf(text, "Europe/Berlin")).to.deep.equal({ kind, expression, timezone: "Europe/Berlin" });
    });
  }

  const CRONTAB =
    "EventBridge's cron has 6 fields, of which the last is the year, not 5; a crontab's five count days from 0, and have no ?";

  for (const [text, same] of [
    ["0 6 * * *", "cron(0 6 * * ? *)"],
    ["cron(*/5 * * * *)", "cron(*/5 * * * ? *)"],
    ["0 6 1 * *", "cron(0 6 1 * ? *)"],
    ["0 6 * * 1-5", "cron(0 6 ? * MON-FRI *)"],
    ["0 6 * 1-6 0,7", "cron(0 6 ? 1-6 SUN,SUN *)"],
    ["0 6 * * 5-7", "cron(0 6 ? * FRI-SAT,SUN *)"],
  ] as const) {
    it(`says what a crontab's ${text} is here`, () => {
      expect(parseSchedule(text, "UTC")).to.deep.include({ allowed: `${same}, which says the same` });
      expect(expressionOf(same, "UTC")).to.deep.include({ kind: "cron", expression: same });
    });
  }

  for (const text of ["0 6 1 * 1", "0 6 * * 1/2", "0 99 * * *", "0 6 * *"]) {
    it(`has no such form for ${text}`, () => {
      const allowed = "minutes hours day-of-month month day-of-week, and a year or none, such as 0 6 * * ? *";
      expect(parseSchedule(text, "UTC")).to.deep.include({ allowed });
    });
  }

  const refused: readonly (readonly [string, string])[] = [
    ["", "is not a schedule"],
    ["daily", "is not a schedule"],
    ["on demand", "EventBridge's cron has 6 fields, of which the last is the year, not 2"],
    ["@weekly", "is not a tag: the day must be given"],
    ["@hourl", "is not a tag; did you mean @hourly?"],
    ["@Hourly", "is not a tag; did you mean @hourly?"],
    ["@reboot", "is not a tag"],
    ["0 0 * * *", CRONTAB],
    ["0 6 * * 1-5", CRONTAB],
    ["cron(0 0 0 * * ? *)", "EventBridge's cron has 6 fields, of which the last is the year, not 7"],
    ["cron()", "EventBridge's cron has 6 fields, of which the last is the year, not 1"],
    ["at(2027-01-01T00:00:00)", "at(...), a single time, is not offered"],
    ["AT(2027-01-01 00:00)", "at(...), a single time, is not offered"],
    ["cron(0 0 * * ? *", "is neither cron(...) nor rate(...)"],
    ["every(5 minutes)", "is neither cron(...) nor rate(...)"],
    ["60 24 * * ? *", "minutes: 60 is not possible here; hours: 24 is not possible here"],
    ["0 0 * * * *", "neither of day-of-month and day-of-week is ?"],
    ["0 0 ? * ? *", "both day-of-month and day-of-week are ?"],
    ["0 0 30 2 ? *", "never fires: there is no such date"],
    ["0 0 31 4,6,9,11 ? *", "never fires: there is no such date"],
    ["0 0 29 2 ? 2027", "never fires: there is no such date"],
    ["rate(0 minutes)", "rate(...) needs a value from 1 and a unit"],
    ["rate(-1 minutes)", "rate(...) needs a value from 1 and a unit"],
    ["rate(1.5 hours)", "rate(...) needs a value from 1 and a unit"],
    ["rate(5)", "rate(...) needs a value from 1 and a unit"],
    ["rate()", "rate(...) needs a value from 1 and a unit"],
    ["rate(5 weeks)", "weeks is not a unit"],
    ["rate(5 min)", "min is not a unit"],
    ["0 22-6/0 * * ? *", "hours: the step of 22-6/0 is not a number from 1"],
    ["0 22-6/x * * ? *", "hours: the step of 22-6/X is not a number from 1"],
    ["0 0 ? * FRI-MON/2 *", "day-of-week: FRI-MON/2: a step is not possible here"],
    ["5-99/60 * * * ? *", "minutes: the step of 5-99/60 is larger than 59"],
    ["0 0 1 1 ? 2030-2027", "year: the range 2030-2027 runs backwards"],
    [
      `${Array.from({ length: 60 }, (_, minute) => minute)} ${"1,".repeat(60)}1 * * ? *`,
      "is longer than 256 characters",
    ],
  ];
  for (const [text, reason] of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(reasonOf(text)).to.equal(reason);
    });
  }

  for (const text of ["cron(0 6 ? * 1-5 *)", "0 6 ? * 1-5 *"]) {
    it(`says which days are meant by ${text}`, () => {
      expect(outcome(parseScheduleField(text)).findings).to.include(
        "warning: has the days of the week 1-5, which are Sunday to Thursday here",
      );
    });
  }

  const brought: readonly (readonly [string, string])[] = [
    ["rate(1 days)", "rate(1 day)"],
    ["rate(1 hours)", "rate(1 hour)"],
    ["rate(5 minute)", "rate(5 minutes)"],
    ["rate(05 minutes)", "rate(5 minutes)"],
    ["RATE(5 MINUTES)", "rate(5 minutes)"],
    ["Rate(5 minutes)", "rate(5 minutes)"],
    ["CRON(0 6 * * ? *)", "cron(0 6 * * ? *)"],
    ["cron(0 6 * * ?)", "cron(0 6 * * ? *)"],
    ["0 6 ? * MON-FRI", "cron(0 6 ? * MON-FRI *)"],
    ["0/60 * * * ? *", "cron(0 * * * ? *)"],
    ["*/60 * * * ? *", "cron(0 * * * ? *)"],
    ["0 0/24 * * ? *", "cron(0 0 * * ? *)"],
    ["15 5-20/30,22 * * ? *", "cron(15 5,22 * * ? *)"],
    ["0 22-6 * * ? *", "cron(0 22-23,0-6 * * ? *)"],
    ["50-10 * * * ? *", "cron(50-59,0-10 * * * ? *)"],
    ["0 0 ? * FRI-MON *", "cron(0 0 ? * FRI-SAT,SUN-MON *)"],
    ["0 0 ? * 6-1 *", "cron(0 0 ? * 6-7,1 *)"],
    ["0 0 1 NOV-FEB ? *", "cron(0 0 1 NOV-DEC,JAN-FEB ? *)"],
    ["0 22-6/2 * * ? *", "cron(0 22,0,2,4,6 * * ? *)"],
    ["0 0 1 11-2/3 ? *", "cron(0 0 1 11,2 ? *)"],
  ];
  for (const [text, expression] of brought) {
    it(`brings ${text} to ${expression}, and warns`, () => {
      const kind = expression.startsWith("rate") ? "rate" : "cron";
      expect(outcome(parseScheduleField(text))).to.deep.equal({
        value: { kind, expression, timezone: "UTC" },
        findings: [`warning: is used as ${expression}`],
      });
    });
  }

  for (const text of ["0 6 * * ? *", "cron( 0  6 * * ? * )", "0 6 ? jan-mar mon,fri 2030", "rate( 15  minutes )"]) {
    it(`takes ${text} without a word`, () => {
      expect(parseScheduleField(text).findings).to.deep.equal([]);
    });
  }

  it("offers the tags of the days for @weekly", () => {
    const result = parseSchedule("@weekly", "UTC");
    expect(result).to.have.property("allowed", "@sunday, @monday ... @saturday");
  });

  it("refuses an unknown time zone", () => {
    expect(reasonOf("@daily", "Mars/Olympus")).to.equal("Mars/Olympus is not an IANA time zone");
  });
});
