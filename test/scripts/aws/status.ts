import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { loadDefinitionFiles } from "../../../config/load-definitions";
import type { ServerDefinition } from "../../../contract/model";
import { deployedSyncs } from "../../../scripts/commands/aws/access/deployed-syncs";
import { runOnAws } from "../../../scripts/commands/aws/runs/run-command";
import { alarmsOf } from "../../../scripts/commands/aws/status/alarms-command";
import { alarmsText } from "../../../scripts/commands/aws/status/alarms-text";
import { serverStatus } from "../../../scripts/commands/aws/status/server-status";
import { status } from "../../../scripts/commands/aws/status/status-command";
import { statusText } from "../../../scripts/commands/aws/status/status-text";
import {
  type CommandWorld,
  definitionFileOf,
  definitionOf,
  deploy,
  deployConnector,
  putReport,
  sessionAt,
  syncOf,
} from "./world";

export function describeStatus(world: () => CommandWorld): void {
  const server = "watched";
  let definition: ServerDefinition;

  const statusOf = async (defined: ServerDefinition | undefined = definition) => {
    const deployed = { value: await deployedSyncs(world().session, server) };
    return serverStatus(world().session, {
      server,
      definition: defined,
      deployed,
      alarms: { value: await alarmsOf({ session: world().session }) },
      now: new Date("2026-11-30T06:30:00Z"),
    });
  };
  const text = (one: Awaited<ReturnType<typeof statusOf>>) =>
    statusText({
      account: "1",
      region: "r",
      servers: [one],
      sharedAlarms: { value: [] },
      hasInvalidDefinitions: false,
    });

  describe("status and alarms", () => {
    before(async () => {
      definition = await definitionOf(server, [
        syncOf("orders"),
        syncOf("prices", { Schedule: "on-demand" }),
        syncOf("paused", { Enabled: false }),
      ]);
      const connectorId = await deployConnector(world(), definition);
      await deploy(world(), definition, { connectorId });
      const { endpoint, ...config } = world().session.config;
      const cloudWatch = new CloudWatchClient({ ...config, endpoint: endpoint ?? "" });
      for (const [name, state] of [
        [`sftp-sync/${server}/run-failed`, "ALARM"],
        [`sftp-sync/${server}/orders/no-successful-run`, "OK"],
        ["sftp-sync/recorder-errors", "ALARM"],
        ["sftp-sync-dev/other/run-failed", "ALARM"],
      ] as const) {
        await cloudWatch.send(
          new PutMetricAlarmCommand({
            AlarmName: name,
            AlarmDescription:
              "Impact: a run failed. Look at: its report. Do: what it says. More: docs/operations.md#run-failed",
            Namespace: "x",
            MetricName: "y",
            Period: 60,
            EvaluationPeriods: 1,
            Threshold: 1,
            Statistic: "Sum",
            ComparisonOperator: "GreaterThanThreshold",
          }),
        );
        await cloudWatch.send(new SetAlarmStateCommand({ AlarmName: name, StateValue: state, StateReason: "1 > 0" }));
      }
      cloudWatch.destroy();
    });

    it("show a server that was just deployed: no run yet, no credentials", async () => {
      const found = await statusOf();
      expect(found.deployed).to.deep.equal({
        value: { syncs: ["orders", "paused", "prices"], missing: [], differing: [] },
      });
      expect(found.lastRun).to.deep.equal({ value: null });
      expect(found.credentials).to.deep.equal({ value: "missing" });
      expect(found.nextRuns).to.deep.equal({
        value: [
          {
            sync: "orders",
            state: "due",
            expression: "cron(0 * * * ? *)",
            timezone: "UTC",
            at: "2026-11-30T07:00:00.000Z",
          },
          { sync: "paused", state: "disabled", expression: "cron(0 * * * ? *)", timezone: "UTC" },
          { sync: "prices", state: "on-demand" },
        ],
      });
      expect(found.connector).to.deep.include({ value: { drift: [] } });
      expect(text(found)).to.include("Next for watched: npx sftp-sync credentials watched");
    });

    it("show the last run, the credentials and the alarms that ring", async () => {
      await world().clients.secrets.send(
        new PutSecretValueCommand({ SecretId: `aws/transfer/sftp-sync-${server}`, SecretString: "{}" }),
      );
      const observer = { started: () => undefined, progressed: () => undefined, finished: () => undefined };
      const { started } = await runOnAws({
        server,
        sync: "orders",
        session: world().session,
        observer,
        notice: () => undefined,
        signal: new AbortController().signal,
      });
      const run = started[0]?.run ?? "";
      await putReport(world(), { server, sync: "orders", run });
      const found = await statusOf();
      expect(found.lastRun).to.have.nested.property("value.run", run);
      expect(found.credentials).to.deep.equal({ value: "present" });
      expect(found.alarms).to.have.nested.property("value[0].kind", "run-failed");
      const shown = text(found);
      expect(shown.split("\n")[1]).to.match(/^Server +Deployed +Last run +Next run +Alarms +Credentials +Connector$/);
      expect(shown).to.match(/watched +yes +(SUCCEEDED|RUNNING) +2026-11-30 07:00Z +run-failed +present +as defined/);
    });

    it("show where deployment and definition differ", async () => {
      const other = await definitionOf(
        server,
        [syncOf("orders", { MinimumAgeSeconds: 60 }), syncOf("paused"), syncOf("new")],
        { Url: "sftp.example.com:2222", SecurityPolicyName: "TransferSFTPConnectorSecurityPolicy-2023-07" },
      );
      const found = await statusOf(other);
      expect(found.deployed).to.have.deep.property("value", {
        syncs: ["orders", "paused", "prices"],
        missing: ["new"],
        differing: ["orders", "prices"],
      });
      expect(found.connector).to.have.nested.property("value.drift").with.lengthOf(2);
      expect(text(found))
        .to.match(/differs: Url,\s/)
        .and.include("Next for watched: npx sftp-sync diff watched");
    });

    it("say of each thing that may not be looked at that it is unknown, and show the others", async () => {
      const operations = ["DescribeSecret", "DescribeConnector", "ListExecutions"];
      operations.forEach((operation) => {
        world().denied.add(operation);
      });
      const found = await statusOf();
      world().denied.clear();
      const denied = { unknown: "access denied" };
      expect(found).to.deep.include({ lastRun: denied, credentials: denied, connector: denied });
      expect(found.deployed).to.have.property("value");
      expect(text(found)).to.match(/watched +yes +unknown: *access/);
    });

    it("show all servers that are deployed, whatever may not be looked at", async () => {
      const all = await status({ servers: [], session: world().session });
      expect(all.account).to.equal("123456789012");
      expect(all.servers.map(({ server: name }) => name)).to.include.members([server, "history"]);
      expect(all.sharedAlarms).to.have.nested.property("value[0].kind", "recorder-errors");
      expect(statusText(all))
        .to.match(/\nwatched +yes, and not +/)
        .and.include("Alarms of the shared stack: recorder-errors");
      world().denied.add("GetParametersByPath");
      const named = await status({ servers: [server], session: world().session });
      world().denied.clear();
      expect(named.servers[0]?.deployed).to.deep.equal({ unknown: "access denied" });
      expect(named.servers[0]?.credentials).to.deep.equal({ value: "present" });
    });

    it("know the buckets by the names that they have in the environment", async () => {
      const file = await definitionFileOf("renamed", [syncOf("orders")]);
      const limits = { bucketNames: { lake: "lake-stage" } };
      const { definitions } = await loadDefinitionFiles([file], limits);
      await Promise.all(definitions.map((staged) => deploy(world(), staged)));
      const { servers } = await status({ servers: [file], session: sessionAt(world().url, limits) });
      expect(servers.map(({ deployed }) => deployed)).to.deep.equal([
        { value: { syncs: ["orders"], missing: [], differing: [] } },
      ]);
    });

    it("say that a server is not deployed, and what to do", async () => {
      const none = await status({ servers: ["nowhere"], session: world().session });
      expect(statusText(none)).to.match(/nowhere +no\n[\s\S]*Next for nowhere: npx sftp-sync deploy nowhere$/);
    });

    it("show the alarms that ring, with what each means, and only this installation's", async () => {
      const alarms = await alarmsOf({ session: world().session });
      expect(alarms.map(({ name }) => name)).to.deep.equal([
        "sftp-sync/recorder-errors",
        `sftp-sync/${server}/orders/no-successful-run`,
        `sftp-sync/${server}/run-failed`,
      ]);
      expect(alarms[1]).to.include({ server, sync: "orders", kind: "no-successful-run", state: "OK" });
      const shown = alarmsText(alarms);
      expect(shown).to.include("  Impact: a run failed.\n  Look at: its report.\n  Do: what it says.\n  More: docs/");
      expect(shown).to.include("2 of 3 alarms ring.").and.not.include("no-successful-run");
      expect(await alarmsOf({ server, session: world().session })).to.have.lengthOf(2);
      expect(alarmsText(alarms.filter(({ state }) => state === "OK"))).to.equal("No alarm rings; 1 alarm looked at.");
    });
  });
}
