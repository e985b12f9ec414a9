import { expect } from "chai";
import { definition, folderSync, load } from "../../support";

/** So many syncs with a schedule, and what else they have. */
const syncs = (count: number, Schedule: string, changes: (index: number) => Record<string, unknown> = () => ({})) =>
  Array.from({ length: count }, (_, index) =>
    folderSync(`/${Schedule.replace(/\W+/g, "-")}/${index}`, "p", { Schedule, ...changes(index) }),
  );

async function errorsOf(changes: Record<string, unknown>, startsPerMinute?: number): Promise<string[]> {
  const { problems } = await load(
    { "a.json": definition(changes) },
    startsPerMinute === undefined ? {} : { startsPerMinute },
  );
  const errors = problems.filter(({ severity }) => severity === "error").map(({ message }) => message);
  return errors.filter((message) => message.startsWith("start "));
}

describe("startsAreSpread", () => {
  it("names the minute, and syncs that start in it", async () => {
    const SyncSettings = [...syncs(4, "@hourly"), ...syncs(2, "cron(0 6 * * ? *)"), ...syncs(9, "cron(7 * * * ? *)")];
    const { problems } = await load({ "a.json": definition({ SyncSettings }) }, { startsPerMinute: 9 });
    expect(problems).to.deep.equal([]);
    const [problem] = (await load({ "a.json": definition({ SyncSettings }) }, { startsPerMinute: 5 })).problems;
    expect(problem).to.include({
      path: "SyncSettings",
      message: "start 9 runs in one minute, 00:07 UTC: p-cron-7-0, p-cron-7-1, p-cron-7-2, 6 more",
      allowed: "up to 5 (startsPerMinute in cdktf.json), in minutes of their own such as cron(7 * * * ? *)",
    });
    expect(problem?.line).to.be.greaterThan(1);
  });

  it("counts what starts on the same minute by different schedules", async () => {
    const SyncSettings = [...syncs(4, "@hourly"), ...syncs(2, "cron(0 6 * * ? *)"), ...syncs(2, "@every10min")];
    expect(await errorsOf({ SyncSettings }, 8)).to.deep.equal([]);
    expect(await errorsOf({ SyncSettings }, 7)).to.have.lengthOf(1);
    expect((await errorsOf({ SyncSettings }, 7))[0]).to.include("start 8 runs in one minute, 06:00 UTC");
  });

  it("counts a rate in every minute", async () => {
    const SyncSettings = [...syncs(3, "rate(1 day)"), ...syncs(1, "@daily")];
    expect((await errorsOf({ SyncSettings }, 3))[0]).to.include("start 4 runs in one minute, 00:00 UTC");
  });

  it("compares clocks of different zones, in winter and in summer", async () => {
    const inZone = (ScheduleTimezone: string) => () => ({ ScheduleTimezone });
    const at = (hour: number, zone: string) => syncs(2, `cron(0 ${hour} * * ? *)`, inZone(zone));
    const sums = async (hours: number) =>
      (await errorsOf({ SyncSettings: [...at(6, "UTC"), ...at(hours, "Europe/Berlin")] }, 3)).length;
    expect([await sums(6), await sums(7), await sums(8), await sums(9)]).to.deep.equal([0, 1, 1, 0]);
  });

  for (const [what, changes] of [
    ["are disabled", { SyncSettings: syncs(20, "@minutely", () => ({ Enabled: false })) }],
    ["belong to a disabled server", { Enabled: false, SyncSettings: syncs(20, "@minutely") }],
    ["start on demand", { SyncSettings: syncs(20, "on-demand") }],
    [
      "have the server's schedule, on demand",
      { Schedule: "on-demand", SyncSettings: syncs(20, "@daily").map(({ Schedule: _, ...rest }) => rest) },
    ],
  ] as const) {
    it(`does not count syncs that ${what}`, async () => {
      expect(await errorsOf(changes, 1)).to.deep.equal([]);
    });
  }

  it("demands nothing where the settings are not known", async () => {
    expect(await errorsOf({ SyncSettings: syncs(300, "@minutely") })).to.deep.equal([]);
  });
});
