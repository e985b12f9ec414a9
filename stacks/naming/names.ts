import { physicalName } from "../../config/naming/names";

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

/** Stack ids: the names under which `cdktf deploy` knows the stacks. */
export const SHARED_STACK_ID = "shared";
export const serverStackId = (server: string): string => `server-${server}`;

/** Physical names in the shared stack, all beginning with the setting `namePrefix`. */
export function sharedNames(prefix: string) {
  const name = (last: string, limit: number) => physicalName([prefix, last], limit);
  return {
    keyAlias: `alias/${prefix}`,
    topic: name("notifications", LIMITS.topic),
    scheduleDeadLetterQueue: name("schedule-dead-letter", LIMITS.queue),
    failedListingsDeadLetterQueue: name("failed-listings-dead-letter", LIMITS.queue),
    failedListingsRule: name("failed-listings", LIMITS.rule),
    connectorLoggingRole: name("connector-logging", LIMITS.role),
    recorderRole: name("record-listing-failure", LIMITS.role),
    recorderFunction: name("record-listing-failure", LIMITS.lambdaFunction),
    connectorConcurrencyRole: name("set-connector-concurrency", LIMITS.role),
    connectorConcurrencyFunction: name("set-connector-concurrency", LIMITS.lambdaFunction),
  };
}

/**
 * Bucket names are unique over all of AWS, so account and Region are part of this one.
 * @param accountId 12 digits once known; in stacks a Terraform reference.
 */
export function listResultsBucketName(prefix: string, accountId: string, region: string): string {
  const accountLength = 12;
  const room = LIMITS.bucket - accountLength - region.length - 2;
  return `${physicalName([prefix, "list-results"], room)}-${accountId}-${region}`;
}

/** Physical names in a server's stack. */
export function serverNames(prefix: string, server: string) {
  const name = (last: string, limit: number) => physicalName([prefix, server, last], limit);
  return {
    /** The prefix `aws/transfer/` is the one that the user guide's policies for connectors expect. */
    secret: `aws/transfer/${prefix}-${server}`,
    connectorAccessRole: name("connector-access", LIMITS.role),
    engineRole: name("engine", LIMITS.role),
    stateMachineRole: name("state-machine", LIMITS.role),
    schedulerRole: name("scheduler", LIMITS.role),
    stateMachine: physicalName([prefix, server], LIMITS.stateMachine),
    scheduleGroup: physicalName([prefix, server], LIMITS.schedule),
    lambdaFunction: (functionName: string) => name(functionName, LIMITS.lambdaFunction),
    /** Unique within the server's schedule group. */
    schedule: (sync: string) => physicalName([sync], LIMITS.schedule),
    parameter: (sync: string) => `/${prefix}/${server}/${sync}`,
    alarm: (kind: string) => alarmName([prefix, server, kind]),
    syncAlarm: (sync: string, kind: string) => alarmName([prefix, server, sync, kind]),
    dashboard: physicalName([prefix, server], LIMITS.dashboard),
  };
}

/** With slashes, so that no server, sync and kind of alarm can run into another's name. */
const alarmName = (parts: readonly string[]): string => physicalName([parts.join("/")], LIMITS.alarm);

/** Names of the shared alarms, and of the dashboard of all servers: the prefix alone, which no server's can be. */
export function sharedMonitoringNames(prefix: string) {
  return { alarm: (kind: string) => alarmName([prefix, kind]), overviewDashboard: prefix };
}

/** CloudWatch namespace of the runs' metrics: two installations in one account must not add up. */
export const runMetricsNamespace = (prefix: string): string => prefix;

/** CloudWatch namespace of the connectors' log lines that tell of failures. */
export const connectorErrorsNamespace = (prefix: string): string => `${prefix}/ConnectorErrors`;

/** The group that Lambda itself writes to. */
export const lambdaLogGroup = (functionName: string): string => `/aws/lambda/${functionName}`;

/** Below `/aws/vendedlogs/`, where one resource policy serves every state machine of the account. */
export const stateMachineLogGroup = (stateMachine: string): string => `/aws/vendedlogs/states/${stateMachine}`;

export type SharedNames = ReturnType<typeof sharedNames>;
export type ServerNames = ReturnType<typeof serverNames>;
