import { expect } from "chai";
import type { Schedule, SyncDefinition } from "../../../contract/model";
import { type Month, monthOf } from "../../../scripts/commands/cost/month";
import { runsIn } from "../../../scripts/commands/cost/month-runs";
import { testSync } from "../../stacks/support";

function month(name: string): Month {
  const found = monthOf(name);
  if (found === undefined) {
    throw new Error(name);
  }
  return found;
}

const cron = (fields: string, timezone = "UTC"): Schedule => ({
  kind: "cron",
  expression: `cron(${fields})`,
  timezone,
});
const rate = (span: string): Schedule => ({ kind: "rate", expression: `rate(${span})`, timezone: "UTC" });

const runs = (name: string, schedule: Schedule, more: Partial<SyncDefinition> = {}, byHand = 0) =>
  runsIn(month(name), { ...testSync("a", { schedule }), ...more }, byHand).runs;

describe("the runs of a month", () => {
  it("are as many as the month has days, with 28, 29, 30 and 31", () => {
    const daily = cron("0 0 * * ? *");
    expect(["2027-02", "2028-02", "2026-11", "2026-12"].map((name) => runs(name, daily))).to.deep.equal([
      28, 29, 30, 31,
    ]);
    expect(runs("2027-02", cron("0 * * * ? *"))).to.equal(28 * 24);
    expect(runs("2027-02", rate("5 minutes"))).to.equal(28 * 24 * 12);
  });

  it("follow the calendar: days of the week, the last day, certain months", () => {
    expect(runs("2026-12", cron("30 6 ? * MON-FRI *"))).to.equal(23);
    expect(runs("2027-02", cron("0 1 L * ? *"))).to.equal(1);
    expect(runs("2027-02", cron("0 1 31 * ? *"))).to.equal(0);
    expect(runs("2027-03", cron("0 1 1 JAN,JUL ? *"))).to.equal(0);
  });

  it("are one fewer where a zone's clock leaves a run out, and no more where an hour comes twice", () => {
    const atHalfPastTwo = cron("30 2 * * ? *", "Europe/Berlin");
    expect(runs("2027-03", atHalfPastTwo)).to.equal(30);
    expect(runs("2027-10", atHalfPastTwo)).to.equal(31);
    // The hour that the clock leaves out takes no time: a run each hour stays one each hour.
    expect(runs("2027-03", cron("0 * * * ? *", "Europe/Berlin"))).to.equal(31 * 24);
    // By the clock, an hour that comes twice runs once.
    expect(runs("2027-10", cron("0 * * * ? *", "Europe/Berlin"))).to.equal(31 * 24 - 1);
  });

  it("are those of UTC's month, as the bill: a run at the zone's midnight may be in another one", () => {
    // 00:30 on the first in Tokyo is the last day of the month before in UTC.
    expect(runs("2026-12", cron("30 0 1 * ? *", "Asia/Tokyo"))).to.equal(1);
    expect(runs("2026-12", cron("30 0 1 12 ? *", "Asia/Tokyo"))).to.equal(0);
    expect(runs("2026-11", cron("30 0 1 12 ? *", "Asia/Tokyo"))).to.equal(1);
  });

  it("are those by hand where no schedule fires", () => {
    expect(runs("2026-12", { kind: "on-demand" })).to.equal(0);
    expect(runs("2026-12", { kind: "on-demand" }, {}, 4)).to.equal(4);
    expect(runs("2026-12", rate("1 hour"), { enabled: false })).to.equal(0);
    expect(runs("2026-12", rate("1 hour"), {}, 4)).to.equal(744);
  });

  it("count the hours in which one begins, by which metrics are charged", () => {
    const hours = (schedule: Schedule) => runsIn(month("2026-12"), testSync("a", { schedule }), 0).hours;
    expect(hours(cron("0/5 6 * * ? *"))).to.equal(31);
    expect(hours(rate("5 minutes"))).to.equal(744);
  });

  it("knows no thirteenth month", () => {
    expect(["2026-13", "2026-00", "26-01", "2026-1", "", "0000-01"].map(monthOf)).to.deep.equal(
      Array(6).fill(undefined),
    );
  });
});
