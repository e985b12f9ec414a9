import { expect } from "chai";
import type { SyncDefinition } from "../../../contract/model";
import type { Deployment } from "../../../local/deployment/deployment";
import { startInput } from "../../../local/runner/start-event";

const scheduled = { SyncSettings: [{ Name: "in" }], ScheduledTime: "<aws.scheduler.scheduled-time>" };
const byHand = { SyncSettings: [{ Name: "in" }], FromTimestamp: 0 };

const deployment: Pick<Deployment, "schedules" | "parameters"> = {
  schedules: [{ sync: "in", json: JSON.stringify(scheduled) }],
  parameters: [{ sync: "in", json: JSON.stringify(byHand) }],
};

const now = new Date("2026-03-01T10:20:30.456Z");
const hourly = { kind: "rate", expression: "rate(1 hour)", timezone: "UTC" } as const;

function input(schedule: SyncDefinition["schedule"], fromTimestamp?: number, dryRun = false) {
  return startInput(deployment, { setting: { Name: "in" }, schedule }, { fromTimestamp, dryRun }, now);
}

describe("startInput", () => {
  it("sends a schedule's input with the time at which it was due", () => {
    expect(input(hourly)).to.deep.equal({ ...scheduled, ScheduledTime: "2026-03-01T10:20:30Z" });
  });

  it("sends the parameter's event with a timestamp", () => {
    expect(input(hourly, 1700000000)).to.deep.equal({ ...byHand, FromTimestamp: 1700000000 });
    expect(input({ kind: "on-demand" }, 0)).to.deep.equal(byHand);
  });

  it("leaves the timestamp out where a sync on demand is run without one", () => {
    expect(input({ kind: "on-demand" })).to.deep.equal({ SyncSettings: [{ Name: "in" }] });
  });

  it("marks a dry run", () => {
    expect(input(hourly, undefined, true)).to.have.property("DryRun", true);
    expect(input(hourly, 0, true)).to.have.property("DryRun", true);
  });
});
