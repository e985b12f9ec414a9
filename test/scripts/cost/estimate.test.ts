import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ACCOUNT_BYTES_PER_SECOND } from "../../../contract/engine-settings";
import type { ServerDefinition } from "../../../contract/model";
import { type Report, reportSchema } from "../../../engine/report";
import { UserError } from "../../../local/errors/user-error";
import { formatDollars } from "../../../scripts/commands/cost/dollars";
import { type ServerEstimate, type SyncVolume, serverEstimate } from "../../../scripts/commands/cost/estimate";
import { fixedAmounts, SHARED_AMOUNTS } from "../../../scripts/commands/cost/fixed";
import { monthAt } from "../../../scripts/commands/cost/month";
import { loadPrices } from "../../../scripts/commands/cost/price-file";
import { dollarsFor, LIST_PRICES, type PriceList } from "../../../scripts/commands/cost/prices";
import { reportedVolume, saidVolume } from "../../../scripts/commands/cost/volumes";
import { type StackJson, synthStack, testServer, testSettings, testSync } from "../../stacks/support";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";

const MIB = 1024 ** 2;

function estimate(server: ServerDefinition, volume: SyncVolume | undefined, prices = LIST_PRICES): ServerEstimate {
  return serverEstimate(server, {
    month: monthAt(new Date("2026-12-24T00:00:00Z")),
    prices,
    settings: testSettings(),
    bytesPerSecond: ACCOUNT_BYTES_PER_SECOND,
    byHand: 0,
    volumeOf: () => volume,
  });
}

const daily = testServer("partner", {
  syncs: [testSync("orders", { schedule: { kind: "cron", expression: "cron(0 0 * * ? *)", timezone: "UTC" } })],
});

const onlyConnector = ({ connectorGibibytes = 0, connectorCalls = 0 }: Parameters<typeof dollarsFor>[0]) =>
  dollarsFor({ connectorGibibytes, connectorCalls }, LIST_PRICES);

describe("the example of the AWS sample", () => {
  const example = saidVolume({ files: 5000, size: 20 * MIB, folders: 10, changed: { share: 0.05 } });
  const [orders] = estimate(daily, example).syncs;

  it("costs what the sample says, to the cent, for a first run", () => {
    const { amounts, counts } = orders?.first ?? {};
    expect(amounts?.connectorGibibytes).to.equal(97.65625);
    expect(counts).to.include({ listings: 10, transfers: 500 });
    expect(formatDollars(onlyConnector(amounts ?? {}))).to.equal("$39.57");
  });

  it("costs what the sample says, to the cent, for a day on which 5% has changed", () => {
    const { amounts, counts } = orders?.each ?? {};
    expect(amounts?.connectorGibibytes?.toFixed(4)).to.equal("4.8828");
    expect(counts).to.include({ listings: 10, transfers: 25, mostTransfers: 34 });
    expect(formatDollars(onlyConnector(amounts ?? {}))).to.equal("$1.99");
  });

  it("costs a month of 31 such days, and what does not depend on them", () => {
    const { dollars, month } = estimate(daily, example);
    expect(onlyConnector(month)).to.be.closeTo(31 * (4.8828125 * 0.4 + 35 * 0.001), 1e-9);
    expect(month).to.include({ secrets: 1, dashboards: 1, schedulerInvocations: 31 });
    expect(dollars).to.equal(dollarsFor(month, LIST_PRICES));
  });
});

/** Metrics that the alarms of a stack watch, as CloudWatch charges for them. */
function watchedMetrics({ resource }: StackJson): number {
  const alarms = Object.values(resource.aws_cloudwatch_metric_alarm ?? {});
  return alarms.reduce((sum: number, alarm) => {
    const queries = "metric_query" in alarm && Array.isArray(alarm.metric_query) ? alarm.metric_query : [];
    return sum + (queries.length === 0 ? 1 : queries.filter((query: object) => "metric" in query).length);
  }, 0);
}

const count = ({ resource }: StackJson, type: string) => Object.keys(resource[type] ?? {}).length;

describe("what is fixed", () => {
  it("is what the stacks have, also of syncs that no alarm can watch, and without dashboards", () => {
    const syncs = [
      testSync("hourly"),
      testSync("monthly", { schedule: { kind: "cron", expression: "cron(0 0 1 * ? *)", timezone: "UTC" } }),
      testSync("by-hand", { schedule: { kind: "on-demand" } }),
      testSync("off", { enabled: false }),
    ];
    for (const dashboards of [true, false]) {
      const settings = testSettings({ dashboards });
      const server = testServer("a", { syncs });
      const stack = synthStack("server-a", { definitions: [server], settings });
      expect(fixedAmounts(server, settings)).to.deep.equal({
        secrets: count(stack, "aws_secretsmanager_secret"),
        alarmMetrics: watchedMetrics(stack),
        dashboards: count(stack, "aws_cloudwatch_dashboard"),
      });
    }
    const shared = synthStack("shared", {});
    expect(SHARED_AMOUNTS).to.deep.equal({
      keys: count(shared, "aws_kms_key"),
      alarmMetrics: watchedMetrics(shared),
      dashboards: count(shared, "aws_cloudwatch_dashboard"),
    });
  });
});

describe("a volume that is said", () => {
  const wrong: [string, Parameters<typeof saidVolume>[0], RegExp][] = [
    ["a size alone", { size: 1 }, /^--size says nothing without --files/],
    ["a share alone", { changed: { share: 0.1 } }, /^--changed says nothing without --files/],
    ["files without a size", { files: 1, changed: { share: 0 } }, /needs one of --bytes, of all files, and --size/],
    ["both sizes", { files: 1, size: 1, bytes: 1, changed: { share: 0 } }, /cannot both be said/],
    ["no share", { files: 1, size: 1 }, /needs --changed/],
    ["more changes than files", { files: 3, size: 1, changed: { files: 4 } }, /4 are more than --files 3/],
  ];
  for (const [what, said, message] of wrong) {
    it(`is refused: ${what}`, async () => {
      const error = await errorOf(Promise.resolve().then(() => saidVolume(said)));
      expect(error).to.be.instanceOf(UserError).and.have.property("next").that.is.a("string");
      expect(error.message).to.match(message);
    });
  }

  it("may be nothing at all, and of no files", () => {
    expect(saidVolume({})).to.equal(undefined);
    expect(saidVolume({ files: 0, bytes: 0, changed: { share: 0.05 } })?.each).to.include({ files: 0, bytes: 0 });
  });
});

function report(changes: object, files: object = {}): Report {
  return reportSchema.parse({
    ...{
      version: 1,
      server: "a",
      sync: "b",
      run: "c",
      execution: "d",
      status: "SUCCEEDED",
      dryRun: false,
      folder: "/",
    },
    ...{ startedAt: "", finishedAt: "", seconds: 1, bytes: 0, resentInDoubt: 0, warnings: [], failures: [] },
    folders: { listed: 4, failed: 0, missing: 0, truncated: 0 },
    files: { seen: 0, transferred: 0, failed: 0, unfinished: 0, skipped: { unchanged: 1 }, ...files },
    ...changes,
  });
}

describe("a volume by reports", () => {
  it("is the average of those that tell, without the first, which is told apart", () => {
    const reports = [
      report({ bytes: 100 }, { transferred: 1 }),
      report({ bytes: 999, dryRun: true }, { transferred: 9 }),
      report({ bytes: 999, status: "FAILED" }, { transferred: 9 }),
      report({ bytes: 999, mode: "compare" }, { transferred: 9 }),
      report({ bytes: 300 }, { transferred: 2 }),
      report({ bytes: 5000 }, { transferred: 50, skipped: {} }),
    ];
    expect(reportedVolume(reports)).to.deep.equal({
      each: { folders: 4, files: 1.5, bytes: 200 },
      first: { folders: 4, files: 50, bytes: 5000 },
    });
  });

  it("is not known where only the first run has left one, or none has", () => {
    expect(reportedVolume([report({ bytes: 5000 }, { transferred: 50, skipped: {} })])).to.equal(undefined);
    expect(reportedVolume([])).to.equal(undefined);
  });

  it("leaves the month at the least where it is not known", () => {
    const { isComplete, month } = estimate(daily, undefined);
    expect(isComplete).to.equal(false);
    expect(month).to.include({ connectorCalls: 31 }).and.not.to.have.property("connectorGibibytes");
  });
});

describe("a price file", () => {
  const file = (content: unknown): string => {
    const path = join(tempFolder(), "prices.json");
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };

  it("takes the place of what it names, and of Region and day", async () => {
    const prices: PriceList = await loadPrices(
      file({ region: "eu-central-1", date: "2027-01-31", prices: { connectorGibibytes: 0.5, s3Writes: 0.0001 } }),
    );
    expect(prices).to.include({ region: "eu-central-1", date: "2027-01-31" });
    expect(dollarsFor({ connectorGibibytes: 2, s3Writes: 3, secrets: 1 }, prices)).to.be.closeTo(1.4003, 1e-9);
  });

  const wrong: [string, unknown, RegExp][] = [
    ["no JSON", "{", /prices\.json/],
    ["an unknown price", { region: "r", date: "2027-01-31", prices: { dashboard: 1 } }, /dashboard.*dashboards/s],
    ["a negative price", { region: "r", date: "2027-01-31", prices: { secrets: -1 } }, /secrets.*-1/s],
    ["no date", { region: "r", prices: {} }, /date/],
    ["a list", [], /prices\.json/],
  ];
  for (const [what, content, message] of wrong) {
    it(`is refused with its place: ${what}`, async () => {
      expect((await errorOf(loadPrices(file(content)))).message).to.match(message);
    });
  }

  it("has to be there", async () => {
    expect((await errorOf(loadPrices("no-such.json"))).message).to.match(/no-such\.json.*no such file/);
  });
});
