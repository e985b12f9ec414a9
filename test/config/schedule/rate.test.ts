import { expect } from "chai";
import { rateSeconds } from "../../../config/schedule/rate";

describe("rateSeconds", () => {
  for (const [expression, seconds] of [
    ["rate(1 minute)", 60],
    ["rate(90 minutes)", 5400],
    ["rate(1 hour)", 3600],
    ["rate(7 days)", 604_800],
  ] as const) {
    it(`of ${expression}`, () => {
      expect(rateSeconds({ kind: "rate", expression, timezone: "Europe/Berlin" })).to.equal(seconds);
    });
  }

  it("knows other kinds of schedules as none", () => {
    expect(rateSeconds({ kind: "on-demand" })).to.equal(undefined);
    expect(rateSeconds({ kind: "cron", expression: "cron(0 * * * ? *)", timezone: "UTC" })).to.equal(undefined);
  });
});
