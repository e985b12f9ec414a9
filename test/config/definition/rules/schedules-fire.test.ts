import { expect } from "chai";
import { definitionSchema } from "../../../../config/definition/form/definition-schema";
import { schedulesFire } from "../../../../config/definition/rules/schedules-fire";
import { readFields } from "../../../../config/tree/read-fields";
import { definition, folderSync, load, summary } from "../../support";

const NOW = new Date("2026-11-24T05:00:00Z");
const GONE = "0 6 1 6 ? 2026";

describe("schedulesFire", () => {
  const warnings = (data: Record<string, unknown>) =>
    schedulesFire(readFields(definitionSchema, data).fields, NOW).map(
      ({ path, finding }) => `${finding.severity} ${path.join(".")} ${finding.message}`,
    );

  const cases: readonly (readonly [string, Record<string, unknown>, string[]])[] = [
    ["is content with times to come", { Schedule: "@daily", SyncSettings: [{}] }, []],
    [
      "says nothing of rates and of runs on demand",
      { Schedule: "rate(1 day)", SyncSettings: [{ Schedule: "on-demand" }] },
      [],
    ],
    ["leaves texts that are no schedule to others", { Schedule: "@dayly", SyncSettings: [{ Schedule: 5 }, "x"] }, []],
    ["leaves zones that are none to others", { Schedule: GONE, ScheduleTimezone: "Mars", SyncSettings: [{}] }, []],
    [
      "warns where the years are over",
      { Schedule: GONE, SyncSettings: [{}] },
      ["warning Schedule has no time left in the time zone UTC"],
    ],
    [
      "warns once of the server's, and of each sync's own",
      { Schedule: GONE, SyncSettings: [{}, {}, { Schedule: GONE }] },
      [
        "warning Schedule has no time left in the time zone UTC",
        "warning SyncSettings.2.Schedule has no time left in the time zone UTC",
      ],
    ],
    [
      "warns where the clock leaves out the only time",
      { Schedule: "30 2 28 3 ? 2027", ScheduleTimezone: "Europe/Berlin", SyncSettings: [{}] },
      ["warning Schedule has no time left in the time zone Europe/Berlin"],
    ],
    [
      "warns where the clock always leaves out the time",
      { Schedule: "30 2 ? 3 1L *", SyncSettings: [{ ScheduleTimezone: "Europe/Berlin" }] },
      ["warning Schedule has no time left in the time zone Europe/Berlin"],
    ],
    [
      "counts by the clock in force: what is over in Tokyo is to come in New York",
      {
        Schedule: "0 13 24 11 ? 2026",
        SyncSettings: [{ ScheduleTimezone: "Asia/Tokyo" }, { ScheduleTimezone: "America/New_York" }, {}],
      },
      ["warning Schedule has no time left in the time zone Asia/Tokyo"],
    ],
  ];
  for (const [behaviour, data, expected] of cases) {
    it(behaviour, () => {
      expect(warnings(data)).to.deep.equal(expected);
    });
  }

  it("keeps a definition whose years are over: it must not stop the deployment of others", async () => {
    const written = definition({ Schedule: "0 6 ? * MON-FRI 2020-2025", SyncSettings: [folderSync("/a", "1")] });
    const result = await load({ "a.json": written });
    expect(summary(result)).to.deep.equal(["warning Schedule: has no time left in the time zone UTC"]);
    expect(result.definitions.map(({ syncs }) => syncs[0]?.schedule)).to.deep.equal([
      { kind: "cron", expression: "cron(0 6 ? * MON-FRI 2020-2025)", timezone: "UTC" },
    ]);
  });
});
