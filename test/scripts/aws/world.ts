import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateScheduleCommand, CreateScheduleGroupCommand } from "@aws-sdk/client-scheduler";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { CreateStateMachineCommand } from "@aws-sdk/client-sfn";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { CreateConnectorCommand } from "@aws-sdk/client-transfer";
import { stringify } from "yaml";
import { freePort } from "../../../bench/servers/free-port";
import { type Limits, loadDefinitionFiles } from "../../../config/load-definitions";
import { type Installation, serverNames } from "../../../config/naming/aws-names";
import type { ServerDefinition } from "../../../contract/model";
import { parameterValue } from "../../../contract/parameter-value";
import { byHandEvent } from "../../../contract/run-event";
import { REPORT_FILE, type Report } from "../../../engine/report";
import { runPrefix } from "../../../engine/run-context";
import { newRoot, type Root } from "../../../engine/work/root";
import { ROOT_FILE } from "../../../engine/work/work";
import { type RequestHandler, startLoopbackServer } from "../../../local/endpoint/loopback-server";
import { Opened } from "../../../local/runner/opened";
import { type AwsOptions, AwsSession } from "../../../scripts/commands/aws/access/session";
import { listResultsBucketName } from "../../../stacks/naming/names";
import { type Clients, clientsOf, destroyClients, REGION } from "../../deployment/world/clients";
import { Connectors } from "../../deployment/world/connectors";
import { forwardTo, passOn } from "../../deployment/world/forward";
import { jsonServices } from "../../deployment/world/missing-operations";
import { startMoto } from "../../deployment/world/moto";
import { tempFolder } from "../../support/temp-folder";

/** Moto's. */
const ACCOUNT = "123456789012";

export const INSTALLATION: Installation = { namePrefix: "sftp-sync", region: REGION };

export const BUCKET = listResultsBucketName(INSTALLATION, ACCOUNT);

/** An AWS account without anything but the list-results bucket. */
export interface CommandWorld {
  readonly url: string;
  readonly clients: Clients;
  readonly session: AwsSession;
  /** Operations of JSON services that are denied to everybody, while they are in it. */
  readonly denied: Set<string>;
  close(): Promise<void>;
}

export async function startCommandWorld(): Promise<CommandWorld> {
  const opened = new Opened();
  return opened.orClose(async () => {
    const folder = tempFolder();
    const port = await freePort();
    opened.add(await startMoto({ port, endpointPort: port, logFile: join(folder, "moto.log") }));
    const clients = clientsOf(`http://127.0.0.1:${port}`, "operator");
    opened.add({ close: async () => destroyClients(clients) });
    const denied = new Set<string>();
    let url = "";
    const connectors = new Connectors({
      transfer: clients.transfer,
      endpoint: () => url,
      stateDir: join(folder, "transfers"),
      onEvent: async () => undefined,
    });
    const services = jsonServices({ TransferService: connectors.operations });
    const server = opened.add(await startLoopbackServer(denying(denied)(services(passOn(forwardTo(port))))));
    opened.add(connectors);
    url = server.url;
    await clients.s3.send(
      new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION } }),
    );
    return { url, clients, session: sessionAt(url), denied, close: () => opened.close() };
  });
}

function denying(denied: ReadonlySet<string>) {
  return (next: RequestHandler): RequestHandler =>
    async (request, response) => {
      const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      if (!denied.has(operation)) {
        return next(request, response);
      }
      request.resume();
      response.writeHead(400, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify({ __type: "AccessDeniedException", message: `not authorized: ${operation}` }));
    };
}

/** @param limits what its settings make of definitions. @param flags that were given. */
export function sessionAt(url: string, limits: Limits = {}, flags: AwsOptions = {}): AwsSession {
  const credentials = { accessKeyId: "operator", secretAccessKey: "emulated" };
  return new AwsSession(INSTALLATION, { region: REGION, endpoint: url, credentials }, flags, limits);
}

export const HOST_KEY =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIwHZ5LhdpgIrQEWUDf0w8PMC2bORylJzDV/ixOB0dk2W0bPB2jU0Db5fgUcBTyCCnECgwq/f+63x5elRsaEbTw=";

/** A definition as somebody writes it. */
export async function definitionOf(
  name: string,
  syncs: readonly object[],
  changes: object = {},
): Promise<ServerDefinition> {
  const file = await definitionFileOf(name, syncs, changes);
  const { definitions, problems } = await loadDefinitionFiles([file]);
  const [definition] = definitions;
  if (definition === undefined) {
    throw new Error(JSON.stringify(problems));
  }
  return definition;
}

/** @returns its path. @param folder default: one of its own. */
export async function definitionFileOf(
  name: string,
  syncs: readonly object[],
  changes: object = {},
  folder = tempFolder(),
): Promise<string> {
  const file = join(folder, `${name}.yaml`);
  const content = {
    Name: name,
    Url: "sftp.example.com",
    PublicKey: [HOST_KEY],
    Schedule: "@hourly",
    SyncSettings: syncs,
    ...changes,
  };
  await writeFile(file, stringify(content));
  return file;
}

export function syncOf(name: string, changes: object = {}): object {
  return {
    Name: name,
    LocalRepository: { BucketName: "lake", Prefix: name },
    RemoteFolders: { Folder: `/${name}`, Recursive: true },
    ...changes,
  };
}

export interface DeployOptions {
  readonly connectorId?: string;
  /** Seconds that each execution takes. */
  readonly seconds?: number;
  /** How each ends, if not well. */
  readonly error?: { readonly Error: string; readonly Cause: string };
}

/** What a run needs to start: the syncs' parameters, and a state machine that does nothing. */
export async function deploy(
  { clients }: CommandWorld,
  server: ServerDefinition,
  { connectorId = "c-0123456789abcdef0", seconds = 0, error }: DeployOptions = {},
): Promise<void> {
  const names = serverNames(INSTALLATION, server.name);
  for (const sync of server.syncs) {
    const Value = parameterValue(byHandEvent(server, sync, { connectorId, listResultsBucketName: BUCKET }));
    const Name = names.parameter(sync.setting.Name);
    await clients.ssm.send(new PutParameterCommand({ Name, Value, Type: "String" }));
  }
  const definition = JSON.stringify({
    StartAt: "Work",
    States: {
      Work: { Type: "Wait", Seconds: seconds, Next: "End" },
      End: error === undefined ? { Type: "Succeed" } : { Type: "Fail", ...error },
    },
  });
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/state-machine`;
  await clients.states.send(new CreateStateMachineCommand({ name: names.stateMachine, definition, roleArn }));
}

/** The rest of a server: its connector, a secret without a value, and its schedules. @returns the connector's id. */
export async function deployConnector({ clients }: CommandWorld, server: ServerDefinition): Promise<string> {
  const names = serverNames(INSTALLATION, server.name);
  const { ARN } = await clients.secrets.send(new CreateSecretCommand({ Name: names.secret }));
  const { ConnectorId } = await clients.transfer.send(
    new CreateConnectorCommand({
      Url: `sftp://${server.url}`,
      AccessRole: `arn:aws:iam::${ACCOUNT}:role/connector`,
      SecurityPolicyName: server.securityPolicyName,
      SftpConfig: {
        UserSecretId: ARN,
        TrustedHostKeys: [...server.trustedHostKeys],
        MaxConcurrentConnections: server.maxConcurrentConnections,
      },
    }),
  );
  await clients.scheduler.send(new CreateScheduleGroupCommand({ Name: names.scheduleGroup }));
  for (const { setting, schedule, enabled } of server.syncs) {
    if (schedule.kind !== "on-demand") {
      await clients.scheduler.send(
        new CreateScheduleCommand({
          GroupName: names.scheduleGroup,
          Name: names.schedule(setting.Name),
          State: enabled ? "ENABLED" : "DISABLED",
          ScheduleExpression: schedule.expression,
          ScheduleExpressionTimezone: schedule.timezone,
          FlexibleTimeWindow: { Mode: "OFF" },
          Target: { Arn: "arn:aws:states:::none", RoleArn: `arn:aws:iam::${ACCOUNT}:role/scheduler` },
        }),
      );
    }
  }
  return ConnectorId ?? "";
}

export interface RunName {
  readonly server: string;
  readonly sync: string;
  readonly run: string;
}

/** Leaves the report of a run. */
export async function putReport(
  { clients }: CommandWorld,
  name: RunName,
  changes: Partial<Report> = {},
): Promise<Report> {
  const report: Report = {
    version: 1,
    ...name,
    execution: `arn:aws:states:${REGION}:${ACCOUNT}:execution:sftp-sync-${name.server}:${name.run}`,
    status: "SUCCEEDED",
    dryRun: false,
    mode: "as-scheduled",
    folder: `/${name.sync}`,
    startedAt: "2026-11-30T06:00:00.000Z",
    finishedAt: "2026-11-30T06:03:20.000Z",
    seconds: 200,
    folders: { listed: 3, failed: 0, missing: 0, truncated: 0, spared: 0 },
    files: { seen: 10, transferred: 4, failed: 0, unfinished: 0, skipped: { unchanged: 5, excluded: 1 } },
    bytes: 12_300_000,
    resentInDoubt: 0,
    warnings: [],
    failures: [],
    ...changes,
  };
  await put(clients, runPrefix(name.server, name.sync, name.run) + REPORT_FILE, report);
  return report;
}

/** Leaves the work state of a run. */
export async function putRoot({ clients }: CommandWorld, name: RunName, change: (root: Root) => void): Promise<void> {
  const now = new Date();
  const root = newRoot({
    folder: `/${name.sync}`,
    windowStart: undefined,
    startedAt: now,
    deadline: now,
    transfers: [],
  });
  change(root);
  await put(clients, runPrefix(name.server, name.sync, name.run) + ROOT_FILE, root);
}

export async function put({ s3 }: Clients, Key: string, content: object | string, Bucket = BUCKET): Promise<void> {
  const Body = typeof content === "string" ? content : JSON.stringify(content);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
}
