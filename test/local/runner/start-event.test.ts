import { expect } from "chai";
import type { SyncDefinition } from "../../../contract/model";
import type { Deployment } from "../../../local/deployment/deployment";
import { type StartOptions, startInput } from "../../../local/runner/start-event";

const scheduled = { SyncSettings: [{ Name: "in" }], ScheduledTime: "<aws.scheduler.scheduled-time>" };
const byHand = { SyncSettings: [{ Name: "in" }], Mode: "as-scheduled" };

const deployment: Pick<Deployment, "schedules" | "parameters"> = {
  schedules: [{ sync: "in", json: JSON.stringify(scheduled) }],
  parameters: [{ sync: "in", json: JSON.stringify(byHand) }],
};

const now = new Date("2026-03-01T10:20:30.456Z");
const hourly = { kind: "rate", expression: "rate(1 hour)", timezone: "UTC" } as const;
const onDemand = { kind: "on-demand" } as const;

function input(schedule: SyncDefinition["schedule"], options: Partial<StartOptions> = {}) {
  return startInput(
    deployment,
    { setting: { Name: "in" }, schedule },
    { fromTimestamp: undefined, dryRun: false, ...options },
    now,
  );
}

describe("startInput", () => {
  it("sends a schedule's input with the time at which it was due", () => {
    expect(input(hourly)).to.deep.equal({ ...scheduled, ScheduledTime: "2026-03-01T10:20:30Z" });
  });

  for (const schedule of [hourly, onDemand]) {
    it(`sends the parameter's event with the mode that was asked for: ${schedule.kind}`, () => {
      const since = { ...byHand, Mode: "since", FromTimestamp: 1700000000 };
      expect(input(schedule, { fromTimestamp: 1700000000 })).to.deep.equal(since);
      expect(input(schedule, { fromTimestamp: 0 })).to.deep.equal({ ...since, FromTimestamp: 0 });
      expect(input(schedule, { compare: true })).to.deep.equal({ ...byHand, Mode: "compare" });
    });
  }

  it("sends the parameter's event as it is where a sync has no schedule", () => {
    expect(input(onDemand)).to.deep.equal(byHand);
  });

  it("marks a dry run", () => {
    expect(input(hourly, { dryRun: true })).to.have.property("DryRun", true);
    expect(input(hourly, { fromTimestamp: 0, dryRun: true })).to.have.property("DryRun", true);
  });
});
