import { createHash } from "node:crypto";
import { expect } from "chai";
import * as z from "zod";
import { engineSettingsSchema } from "../../contract/engine-settings";
import { runEventSchema, SCHEDULED_TIME_ATTRIBUTE } from "../../contract/run-event";
import { SERVER_ADDRESSES, scheduledSyncAddresses, syncAddresses, watchedSyncAddresses } from "./addresses";
import {
  addresses,
  embeddedJson,
  HOST_KEY,
  ref,
  resource,
  resources,
  synthStack,
  testServer,
  testSettings,
  testSync,
} from "./support";

const server = testServer("partner-a", {
  url: "sftp.example.com:2222",
  maxConcurrentConnections: 3,
  syncs: [
    testSync("daily-orders", {
      schedule: { kind: "rate", expression: "rate(15 minutes)", timezone: "Europe/Berlin" },
      RemoteFolders: { Folder: `/orders/${ref("x")}`, Recursive: true, Include: ["%{a}*"], Exclude: [], MaxDepth: 5 },
    }),
    testSync("reports", { enabled: false }),
    testSync("manual", { schedule: { kind: "on-demand" } }),
  ],
});

const CONNECTOR_ID = ref("aws_transfer_connector.connector.connector_id");
const BUCKET = ref("data.terraform_remote_state.shared.outputs.list_results_bucket_name");
const KEY = ref("data.terraform_remote_state.shared.outputs.key_arn");

describe("a server's stack", () => {
  const stack = synthStack("server-partner-a", { definitions: [server] });

  it("has these addresses in state", () => {
    expect(addresses(stack)).to.have.members([
      ...SERVER_ADDRESSES,
      ...watchedSyncAddresses("daily-orders"),
      ...scheduledSyncAddresses("reports"),
      ...syncAddresses("manual"),
    ]);
  });

  it("has these outputs", () => {
    expect(Object.keys(stack.output).sort()).to.deep.equal([
      "connector_egress_ips",
      "connector_id",
      "parameter_names",
      "secret_arn",
      "state_machine_arn",
      "syncs_without_success_alarm",
    ]);
    expect(stack.output.parameter_names?.value).to.deep.equal([
      "/sftp-sync/partner-a/daily-orders",
      "/sftp-sync/partner-a/reports",
      "/sftp-sync/partner-a/manual",
    ]);
  });

  it("reads the shared stack's outputs from its state, by a relative path", () => {
    expect(stack.data.terraform_remote_state?.shared).to.include({ backend: "local" });
    expect(stack.data.terraform_remote_state?.shared).to.have.nested.property(
      "config.path",
      "../../../terraform.shared.tfstate",
    );
  });

  it("has a container for the credentials, and never a version of them", () => {
    expect(resource(stack, "aws_secretsmanager_secret.credentials")).to.include({
      name: "aws/transfer/sftp-sync-partner-a",
      kms_key_id: KEY,
      recovery_window_in_days: 30,
    });
    expect(resources(stack, "aws_secretsmanager_secret_version")).to.deep.equal({});
  });

  it("has a connector as defined, with its log group after it", () => {
    const connector = resource(stack, "aws_transfer_connector.connector");
    expect(connector).to.include({
      url: "sftp://sftp.example.com:2222",
      security_policy_name: "TransferSFTPConnectorSecurityPolicy-2024-03",
      logging_role: ref("data.terraform_remote_state.shared.outputs.connector_logging_role_arn"),
    });
    expect(connector.sftp_config).to.deep.equal({
      trusted_host_keys: [HOST_KEY],
      user_secret_id: ref("aws_secretsmanager_secret.credentials.arn"),
    });
    expect(resource(stack, "aws_cloudwatch_log_group.connector")).to.include({
      name: `/aws/transfer/${CONNECTOR_ID}`,
      retention_in_days: 90,
    });
  });

  it("keeps every log group's retention and key", () => {
    const groups = Object.values(resources(stack, "aws_cloudwatch_log_group"));
    expect(groups).to.have.lengthOf(6);
    for (const group of groups) {
      expect(group).to.include({ retention_in_days: 90, kms_key_id: KEY });
    }
  });

  it("runs one zip, each function by a handler of its own, and tells them all the same", () => {
    const functions = Object.entries(resources(stack, "aws_lambda_function"));
    expect(functions).to.have.lengthOf(4);
    for (const [name, attributes] of functions) {
      const module = name.replaceAll("_", "-");
      expect(attributes).to.include({
        function_name: `sftp-sync-partner-a-${module}`,
        handler: `${module}.handler`,
        runtime: "nodejs22.x",
        memory_size: 512,
        timeout: 300,
        role: ref("aws_iam_role.engine.arn"),
        source_code_hash: createHash("sha256").update("bytes of run").digest("base64"),
      });
      expect(attributes.architectures).to.deep.equal(["arm64"]);
      expect(attributes.filename).to.match(/^assets\/run_zip\/[0-9A-F]{32}\/run\.zip$/);
      const { ENGINE_SETTINGS, ...rest } = z
        .object({ variables: z.record(z.string(), z.string()) })
        .parse(attributes.environment).variables;
      expect(embeddedJson(z.unknown(), ENGINE_SETTINGS)).to.deep.equal(engineSettingsSchema.parse({}));
      expect(rest).to.deep.equal({
        SERVER_NAME: "partner-a",
        SECRET_ARN: ref("aws_secretsmanager_secret.credentials.arn"),
        MAX_CONCURRENT_CONNECTIONS: "3",
        METRICS_NAMESPACE: "sftp-sync",
        POWERTOOLS_SERVICE_NAME: "sftp-sync",
        POWERTOOLS_LOG_LEVEL: "INFO",
      });
    }
  });

  it("schedules what is not on demand, and disables what is not enabled", () => {
    const schedules = resources(stack, "aws_scheduler_schedule");
    expect(Object.keys(schedules)).to.have.members(["sync_daily-orders", "sync_reports"]);
    expect(schedules["sync_daily-orders"]).to.include({
      name: "daily-orders",
      group_name: ref("aws_scheduler_schedule_group.schedules.name"),
      state: "ENABLED",
      schedule_expression: "rate(15 minutes)",
      schedule_expression_timezone: "Europe/Berlin",
    });
    expect(schedules.sync_reports).to.include({ state: "DISABLED" });
  });

  it("starts the state machine with the sync's event, and keeps what cannot be started", () => {
    const schedule = resource(stack, "aws_scheduler_schedule.sync_daily-orders");
    const target = z.record(z.string(), z.unknown()).parse(schedule.target);
    expect(target).to.include({
      arn: ref("aws_sfn_state_machine.run.arn"),
      role_arn: ref("aws_iam_role.scheduler.arn"),
    });
    expect(target.retry_policy).to.deep.equal({ maximum_event_age_in_seconds: 3600, maximum_retry_attempts: 30 });
    expect(target.dead_letter_config).to.deep.equal({
      arn: ref("data.terraform_remote_state.shared.outputs.schedule_dead_letter_queue_arn"),
    });
    const event = embeddedJson(z.looseObject({ ScheduledTime: z.string() }), target.input);
    expect(event).to.include({ Name: "partner-a", Connector: CONNECTOR_ID, ReportBucket: BUCKET });
    expect(event.ScheduledTime).to.equal(SCHEDULED_TIME_ATTRIBUTE);
    const parsed = runEventSchema.parse({ ...event, ScheduledTime: "2026-01-01T00:00:00Z" });
    expect(parsed.SyncSettings[0].RemoteFolders).to.deep.include({ Folder: `/orders/${ref("x")}`, Include: ["%{a}*"] });
  });

  it("keeps the event for a run by hand in a parameter for every sync", () => {
    const parameters = resources(stack, "aws_ssm_parameter");
    expect(Object.keys(parameters)).to.have.lengthOf(3);
    expect(parameters.sync_manual).to.include({
      name: "/sftp-sync/partner-a/manual",
      type: "String",
      tier: "Intelligent-Tiering",
    });
    const event = embeddedJson(runEventSchema, parameters.sync_manual?.value);
    expect(event).to.include({ Schedule: "on-demand", Mode: "as-scheduled", Connector: CONNECTOR_ID });
    expect(event.ScheduledTime).to.equal(undefined);
    expect(event.FromTimestamp).to.equal(undefined);
  });

  it("starts a sync by hand as its schedule does", () => {
    const scheduled = resource(stack, "aws_scheduler_schedule.sync_daily-orders");
    const target = z.looseObject({ input: z.string() }).parse(scheduled.target);
    const { ScheduledTime: _, ...input } = embeddedJson(z.looseObject({ ScheduledTime: z.string() }), target.input);
    const parameter = resource(stack, "aws_ssm_parameter.sync_daily-orders");
    expect(embeddedJson(z.looseObject({}), parameter.value))
      .to.deep.equal(input)
      .and.to.have.property("Mode", "as-scheduled");
  });

  it("holds no double brace in a parameter, which SSM refuses", () => {
    const folder = ref("{a");
    const include = ["{{{a,b},c},d}/*.csv", "%{{a,b}}"];
    const RemoteFolders = { Folder: `/${folder}`, Recursive: true, Include: include, Exclude: [], MaxDepth: 1 };
    const braced = testServer("braced", { syncs: [testSync("orders", { RemoteFolders })] });
    const { value } = resource(synthStack("server-braced", { definitions: [braced] }), "aws_ssm_parameter.sync_orders");
    expect(value).to.be.a("string").that.does.not.include("{{");
    const event = embeddedJson(runEventSchema, value);
    expect(event.SyncSettings[0].RemoteFolders).to.deep.include({ Folder: `/${folder}`, Include: include });
  });

  it("logs the state machine's errors without the runs' data", () => {
    expect(resource(stack, "aws_sfn_state_machine.run")).to.deep.include({
      name: "sftp-sync-partner-a",
      type: "STANDARD",
      logging_configuration: {
        level: "ERROR",
        include_execution_data: false,
        log_destination: `${ref("aws_cloudwatch_log_group.run.arn")}:*`,
      },
    });
  });

  it("lets its secret go at once where everything may be destroyed", () => {
    const settings = testSettings({ forceDestroy: true });
    const destroyable = synthStack("server-partner-a", { definitions: [server], settings });
    expect(resource(destroyable, "aws_secretsmanager_secret.credentials")).to.include({ recovery_window_in_days: 0 });
  });
});
