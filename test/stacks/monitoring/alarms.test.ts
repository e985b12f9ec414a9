import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import * as z from "zod";
import { ref, resource, resources, type StackJson, synthStack, testServer, testSettings, testSync } from "../support";
import { isKnownMetric, type SeenMetric } from "./known-metrics";

const metricSchema = z.object({
  namespace: z.string(),
  metric_name: z.string(),
  dimensions: z.record(z.string(), z.string()).default({}),
  period: z.number(),
});

const alarmSchema = z.object({
  alarm_name: z.string(),
  alarm_description: z.string(),
  alarm_actions: z.array(z.string()),
  ok_actions: z.array(z.string()).default([]),
  evaluation_periods: z.number(),
  datapoints_to_alarm: z.number(),
  threshold: z.number(),
  treat_missing_data: z.string(),
  comparison_operator: z.string(),
  metric_query: z
    .array(z.object({ id: z.string(), expression: z.string().optional(), metric: metricSchema.optional() }))
    .default([]),
  ...metricSchema.partial().shape,
});

type Alarm = z.infer<typeof alarmSchema>;

const alarmsOf = (stack: StackJson): [string, Alarm][] =>
  Object.entries(resources(stack, "aws_cloudwatch_metric_alarm")).map(([id, alarm]) => [id, alarmSchema.parse(alarm)]);

/** The metrics of an alarm: its own, or those of its sum. */
function metricsOf(alarm: Alarm): z.infer<typeof metricSchema>[] {
  const queried = alarm.metric_query.flatMap(({ metric }) => metric ?? []);
  return queried.length > 0 ? queried : [metricSchema.parse(alarm)];
}

const longName = "n".repeat(64);
const definitions = [
  testServer("partner-a", {
    syncs: [
      testSync("orders"),
      testSync("weekdays", {
        schedule: { kind: "cron", expression: "cron(0 6 ? * MON-FRI *)", timezone: "Europe/Berlin" },
      }),
      testSync("monthly", { schedule: { kind: "cron", expression: "cron(0 0 1 * ? *)", timezone: "UTC" } }),
      testSync("manual", { schedule: { kind: "on-demand" } }),
      testSync("off", { enabled: false }),
    ],
  }),
  testServer(longName, { syncs: [testSync("s".repeat(64))] }),
];
const settings = testSettings();
const server = synthStack("server-partner-a", { definitions, settings });
const shared = synthStack("shared", { settings });
const longest = synthStack(`server-${longName}`, {
  definitions,
  settings: testSettings({ namePrefix: "p".repeat(20) }),
});
const all = [...alarmsOf(server), ...alarmsOf(shared), ...alarmsOf(longest)];

const TOPIC_OF_SERVER = ref("data.terraform_remote_state.shared.outputs.topic_arn");

describe("alarms", () => {
  it("are five for each server, one for each sync that has a due time, and three shared ones", () => {
    expect(alarmsOf(server).map(([id]) => id)).to.have.members([
      "run_failed",
      "function_errors",
      "connector_errors",
      "schedule_not_started",
      "executions_throttled",
      "no_success_orders",
      "no_success_weekdays",
    ]);
    expect(alarmsOf(shared).map(([id]) => id)).to.have.members([
      "recorder_errors",
      "failed_listings_dead_letters",
      "schedule_dead_letters",
    ]);
  });

  it("cost what docs/architecture.md says: each metric of an alarm is charged", () => {
    const charged = (alarms: [string, Alarm][]) => alarms.reduce((sum, [, alarm]) => sum + metricsOf(alarm).length, 0);
    const ofSyncs = alarmsOf(server).filter(([id]) => id.startsWith("no_success_"));
    expect([charged(alarmsOf(server)) - charged(ofSyncs), charged(ofSyncs), charged(alarmsOf(shared))]).to.deep.equal([
      11, 2, 3,
    ]);
    const documented = readFileSync(join(__dirname, "../../../docs/architecture.md"), "utf8").replaceAll(/\s+/g, " ");
    expect(documented).to.include(
      "$1.10 for a server, $0.10 for each of its watched syncs, and $0.30 for the shared stack",
    );
  });

  it("notify the topic, and tell their end only where somebody waits for it", () => {
    for (const [id, alarm] of [...alarmsOf(server), ...alarmsOf(longest)]) {
      expect(alarm.alarm_actions, id).to.deep.equal([TOPIC_OF_SERVER]);
      expect(alarm.ok_actions, id).to.deep.equal(id.startsWith("no_success_") ? [TOPIC_OF_SERVER] : []);
    }
    for (const [id, alarm] of alarmsOf(shared)) {
      expect(alarm.alarm_actions, id).to.deep.equal([ref("aws_sns_topic.notifications.arn")]);
      expect(alarm.ok_actions, id).to.deep.equal([]);
    }
  });

  it("say impact, where to look and what to do, within CloudWatch's 1,024 characters", () => {
    const operations = readFileSync(join(__dirname, "../../../docs/operations.md"), "utf8");
    for (const [id, { alarm_description: text, alarm_name: name }] of all) {
      expect(text, id).to.match(/^Impact: .+\. Look at: .+\. Do: .+\. More: docs\/operations\.md#[a-z-]+$/);
      expect(text.length, id).to.be.at.most(1024);
      const section = text.split("#").at(-1) ?? "";
      expect(name.split("/").at(-1), id).to.equal(section);
      expect(operations, id).to.include(`\n### ${section}\n`);
    }
  });

  it("have names that tell server and sync", () => {
    const names = Object.fromEntries(alarmsOf(server).map(([id, { alarm_name }]) => [id, alarm_name]));
    expect(names).to.include({
      run_failed: "sftp-sync/partner-a/run-failed",
      no_success_orders: "sftp-sync/partner-a/orders/no-successful-run",
    });
    expect(new Set(all.map(([, { alarm_name }]) => alarm_name))).to.have.lengthOf(all.length);
  });

  it("keep what CloudWatch looks back: a day with periods below an hour, else seven", () => {
    for (const [id, alarm] of all) {
      for (const { period } of metricsOf(alarm)) {
        expect(period % 60, id).to.equal(0);
        expect(period * alarm.evaluation_periods, id).to.be.at.most(period < 3600 ? 86_400 : 604_800);
      }
      expect(alarm.datapoints_to_alarm, id).to.be.within(1, alarm.evaluation_periods);
    }
  });

  it("watch metrics that exist, of this server only", () => {
    const values = new Set<string>();
    for (const [id, alarm] of all) {
      for (const { namespace, metric_name: name, dimensions } of metricsOf(alarm)) {
        const seen: SeenMetric = { namespace, name, dimensions: Object.keys(dimensions) };
        expect(isKnownMetric(seen), `${id}: ${JSON.stringify(seen)}`).to.equal(true);
      }
    }
    for (const [, alarm] of alarmsOf(server)) {
      for (const { dimensions } of metricsOf(alarm)) {
        Object.values(dimensions).map((value) => values.add(value));
      }
    }
    expect([...values]).to.have.members([
      ref("aws_sfn_state_machine.run.arn"),
      "sftp-sync-partner-a-remote-folders-list",
      "sftp-sync-partner-a-get-list-status",
      "sftp-sync-partner-a-sync-remote-folder",
      "sftp-sync-partner-a-finish-run",
      "sftp-sync-partner-a",
      "partner-a",
      "orders",
      "weekdays",
    ]);
  });

  it("sum where they watch more than one metric", () => {
    const runFailed = alarmSchema.parse(resource(server, "aws_cloudwatch_metric_alarm.run_failed"));
    expect(runFailed.metric_query[0]).to.include({ id: "sum", expression: "SUM([m0, m1, m2])" });
    expect(metricsOf(runFailed).map(({ metric_name }) => metric_name)).to.deep.equal([
      "ExecutionsFailed",
      "ExecutionsTimedOut",
      "ExecutionsAborted",
    ]);
  });

  it("take silence for a breach only where a success is awaited", () => {
    for (const [id, alarm] of all) {
      const isAwaited = id.startsWith("no_success_");
      expect(alarm.treat_missing_data, id).to.equal(isAwaited ? "breaching" : "notBreaching");
      expect(alarm.comparison_operator, id).to.equal(isAwaited ? "LessThanThreshold" : "GreaterThanOrEqualToThreshold");
      expect(alarm.threshold, id).to.equal(1);
    }
  });

  it("await a success of every sync for as long as its schedule and the grace allow", () => {
    const orders = resource(server, "aws_cloudwatch_metric_alarm.no_success_orders");
    expect(orders).to.deep.include({
      namespace: "sftp-sync",
      metric_name: "RunsSucceeded",
      dimensions: { Server: "partner-a", Sync: "orders" },
      statistic: "Sum",
      period: 300,
      evaluation_periods: 37,
      datapoints_to_alarm: 37,
    });
    // A weekend with the autumn's extra hour, two hours of grace, one period.
    expect(resource(server, "aws_cloudwatch_metric_alarm.no_success_weekdays")).to.include({
      period: 3600,
      evaluation_periods: 76,
    });
    const patient = synthStack("server-partner-a", {
      definitions,
      settings: testSettings({ alarms: { graceSeconds: 12 * 3600 } }),
    });
    expect(resource(patient, "aws_cloudwatch_metric_alarm.no_success_orders")).to.include({ evaluation_periods: 157 });
  });

  it("leave out what CloudWatch cannot express, and an output says why", () => {
    const reasons = z.record(z.string(), z.string()).parse(server.output.syncs_without_success_alarm?.value);
    expect(Object.keys(reasons)).to.have.members(["monthly", "manual", "off"]);
    expect(reasons.monthly).to.include("31 days");
    expect(longest.output.syncs_without_success_alarm?.value).to.deep.equal({});
  });
});

describe("the filter on a connector's log", () => {
  const filter = resource(server, "aws_cloudwatch_log_metric_filter.connector_failures");

  it("counts failures into the metric that the alarm watches", () => {
    expect(filter).to.deep.include({
      log_group_name: ref("aws_cloudwatch_log_group.connector.name"),
      pattern: '{ ($.status-code = "FAILED") || ($.activity-type = "ERROR") }',
      metric_transformation: { namespace: "sftp-sync/ConnectorErrors", name: "partner-a", value: "1" },
    });
    expect(resource(server, "aws_cloudwatch_metric_alarm.connector_errors")).to.include({
      namespace: "sftp-sync/ConnectorErrors",
      metric_name: "partner-a",
    });
  });
});

describe("two installations in one account", () => {
  it("share no metric of their own, no alarm and no dashboard", () => {
    const other = synthStack("server-partner-a", { definitions, settings: testSettings({ namePrefix: "feeds" }) });
    const own = (stack: StackJson) => [
      ...alarmsOf(stack).map(([, { alarm_name }]) => alarm_name),
      ...alarmsOf(stack).flatMap(([, alarm]) => metricsOf(alarm).map(({ namespace }) => namespace)),
      ...Object.values(resources(stack, "aws_cloudwatch_dashboard")).map(({ dashboard_name }) =>
        String(dashboard_name),
      ),
    ];
    const common = own(other).filter((name) => own(server).includes(name));
    expect([...new Set(common)]).to.have.members(["AWS/States", "AWS/Lambda", "AWS/Scheduler"]);
  });
});
