import { expect } from "chai";
import { definitionSchema } from "../../../../config/definition/form/definition-schema";
import { datesHaveFiles } from "../../../../config/definition/rules/dates-have-files";
import { readFields } from "../../../../config/tree/read-fields";

const isWarned = (Folder: string, Schedule: string, ScheduleTimezone = "UTC", now = "2026-11-30T12:00:00Z") => {
  const data = { SyncSettings: [{ RemoteFolders: { Folder }, Schedule, ScheduleTimezone }] };
  const found = datesHaveFiles(readFields(definitionSchema, data).fields, new Date(now));
  return found.map(({ path, finding }) => `${path.join(".")} ${finding.message}`);
};

const EMPTY = [
  "SyncSettings.0.RemoteFolders.Folder is still empty when the sync runs: its date begins at 00:00 UTC, just then",
];

describe("datesHaveFiles", () => {
  const empty: readonly (readonly [string, string, string?])[] = [
    ["/in/%year%/%month%/%day%", "@daily"],
    ["/in/%day%", "@monday"],
    ["/in/%year%-%month%", "@monthly"],
    ["/in/%year%", "0 0 1 1 ? *"],
    ["/in/%day%", "0 5 * * ? *", "Asia/Karachi"],
    ["/in/%day%", "cron(0 0 * * ? *)", "Africa/Abidjan"],
  ];
  for (const [folder, schedule, zone] of empty) {
    it(`warns of ${folder} at ${schedule} ${zone ?? ""}`, () => {
      expect(isWarned(folder, schedule, zone)).to.deep.equal(EMPTY);
    });
  }

  const early: readonly (readonly [folder: string, schedule: string, last: string, zone?: string])[] = [
    ["/in/%day%", "0 6 * * ? *", "2026-12-01T06:00Z"],
    ["/in/%day%", "1 0 * * ? *", "2026-12-01T00:01Z"],
    ["/in/%day%", "0 0,12 * * ? *", "2026-12-01T12:00Z"],
    ["/in/%day%", "0 9-17 ? * MON-FRI *", "2026-11-30T17:00Z"],
    ["/in/%day%", "0 21 * * ? *", "2026-12-01T02:00Z", "America/Bogota"],
    ["/in/%year%/%month%", "@daily", "2026-12-31T00:00Z"],
    ["/in/%year%", "@monthly", "2026-12-01T00:00Z"],
  ];
  for (const [folder, schedule, last, zone] of early) {
    it(`warns of ${folder} at ${schedule} ${zone ?? ""}, which misses what comes after the last run of a date`, () => {
      expect(isWarned(folder, schedule, zone)).to.deep.equal([
        `SyncSettings.0.RemoteFolders.Folder is looked at for the last time long before its date ends, such as at ${last}: ` +
          "what comes later is never copied",
      ]);
    });
  }

  const filled: readonly (readonly [string, string, string?])[] = [
    ["/in", "@daily"],
    ["/in/%day%", "@hourly"],
    ["/in/%month%", "30 23 * * ? *"],
    ["/in/%day%", "0 1 * * ? *", "Europe/Berlin"],
    ["/in/%day%", "50 23 * * ? *"],
    ["/in/%day%", "@daily", "Europe/Berlin"],
    ["/in/%day%", "rate(1 day)"],
    ["/in/%day%", "on-demand"],
    ["/in/%day%", "0 0 1 1 ? 2020"],
  ];
  for (const [folder, schedule, zone] of filled) {
    it(`has nothing to say of ${folder} at ${schedule} ${zone ?? ""}`, () => {
      expect(isWarned(folder, schedule, zone)).to.deep.equal([]);
    });
  }

  it("is sure for the whole year: London's midnight is that of UTC in winter alone", () => {
    for (const now of [
      "2026-12-01T12:00:00Z",
      "2026-04-01T12:00:00Z",
      "2026-07-01T12:00:00Z",
      "2026-09-30T12:00:00Z",
    ]) {
      expect(isWarned("/in/%day%", "@daily", "Europe/London", now), now).to.deep.equal([]);
    }
  });
});
