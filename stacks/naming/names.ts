import { physicalName } from "../../config/naming/names";
import type { Settings } from "../../config/settings/settings";

/** Longest names the services take, in characters (API references). */
const LIMITS = {
  alarm: 255,
  bucket: 63,
  dashboard: 255,
  lambdaFunction: 64,
  role: 64,
  rule: 64,
  queue: 80,
  schedule: 64,
  stateMachine: 80,
  topic: 256,
} as const;

/** Stack ids: the names under which the commands know the stacks. */
export const SHARED_STACK_ID = "shared";
export const serverStackId = (server: string): string => `server-${server}`;

/** Where an installation lives, and how its names begin. */
export type Installation = Pick<Settings, "namePrefix" | "region">;

/**
 * A name of something that an account has once, and not once for each Region: IAM roles (IAM user guide) and CloudWatch
 * dashboards (PutDashboard, API reference). It ends with the Region whole, however much of the rest is cut off.
 */
const globalName = (parts: readonly string[], region: string, limit: number): string =>
  `${physicalName(parts, limit - region.length - 1)}-${region}`;

/** Physical names in the shared stack. */
export function sharedNames({ namePrefix: prefix, region }: Installation) {
  const name = (last: string, limit: number) => physicalName([prefix, last], limit);
  const role = (last: string) => globalName([prefix, last], region, LIMITS.role);
  return {
    keyAlias: `alias/${prefix}`,
    topic: name("notifications", LIMITS.topic),
    scheduleDeadLetterQueue: name("schedule-dead-letter", LIMITS.queue),
    failedListingsDeadLetterQueue: name("failed-listings-dead-letter", LIMITS.queue),
    failedListingsRule: name("failed-listings", LIMITS.rule),
    connectorLoggingRole: role("connector-logging"),
    recorderRole: role("record-listing-failure"),
    recorderFunction: name("record-listing-failure", LIMITS.lambdaFunction),
    connectorConcurrencyRole: role("set-connector-concurrency"),
    connectorConcurrencyFunction: name("set-connector-concurrency", LIMITS.lambdaFunction),
  };
}

/**
 * Bucket names are unique over all of AWS, so account and Region are part of this one.
 * @param accountId 12 digits once known; in stacks a Terraform reference.
 */
export function listResultsBucketName({ namePrefix, region }: Installation, accountId: string): string {
  const accountLength = 12;
  const room = LIMITS.bucket - accountLength - region.length - 2;
  return `${physicalName([namePrefix, "list-results"], room)}-${accountId}-${region}`;
}

/** Physical names in a server's stack. */
export function serverNames({ namePrefix: prefix, region }: Installation, server: string) {
  const name = (last: string, limit: number) => physicalName([prefix, server, last], limit);
  const role = (last: string) => globalName([prefix, server, last], region, LIMITS.role);
  return {
    /** The prefix `aws/transfer/` is the one that the user guide's policies for connectors expect. */
    secret: `aws/transfer/${prefix}-${server}`,
    connectorAccessRole: role("connector-access"),
    engineRole: role("engine"),
    stateMachineRole: role("state-machine"),
    schedulerRole: role("scheduler"),
    stateMachine: physicalName([prefix, server], LIMITS.stateMachine),
    scheduleGroup: physicalName([prefix, server], LIMITS.schedule),
    lambdaFunction: (functionName: string) => name(functionName, LIMITS.lambdaFunction),
    /** Unique within the server's schedule group. */
    schedule: (sync: string) => physicalName([sync], LIMITS.schedule),
    parameter: (sync: string) => `/${prefix}/${server}/${sync}`,
    alarm: (kind: string) => alarmName([prefix, server, kind]),
    syncAlarm: (sync: string, kind: string) => alarmName([prefix, server, sync, kind]),
    dashboard: globalName([prefix, server], region, LIMITS.dashboard),
  };
}

/** With slashes, so that no server, sync and kind of alarm can run into another's name. */
const alarmName = (parts: readonly string[]): string => physicalName([parts.join("/")], LIMITS.alarm);

/** Names of the shared alarms, and of the dashboard of all servers: without any server's name. */
export function sharedMonitoringNames({ namePrefix, region }: Installation) {
  return {
    alarm: (kind: string) => alarmName([namePrefix, kind]),
    overviewDashboard: globalName([namePrefix], region, LIMITS.dashboard),
  };
}

/** CloudWatch namespace of the runs' metrics: two installations in one account must not add up. */
export const runMetricsNamespace = (prefix: string): string => prefix;

/** CloudWatch namespace of the connectors' log lines that tell of failures. */
export const connectorErrorsNamespace = (prefix: string): string => `${prefix}/ConnectorErrors`;

/** The group that Lambda itself writes to. */
export const lambdaLogGroup = (functionName: string): string => `/aws/lambda/${functionName}`;

/** The group that Transfer Family itself writes to. */
export const connectorLogGroup = (connectorId: string): string => `/aws/transfer/${connectorId}`;

/** Below `/aws/vendedlogs/`, where one resource policy serves every state machine of the account. */
export const stateMachineLogGroup = (stateMachine: string): string => `/aws/vendedlogs/states/${stateMachine}`;

export type SharedNames = ReturnType<typeof sharedNames>;
export type ServerNames = ReturnType<typeof serverNames>;
