import { AWS_NAME_LIMITS, alarmName, globalName, type Installation } from "../../config/naming/aws-names";
import { physicalName } from "../../config/naming/names";

/** Stack ids: the names under which the commands know the stacks. */
export const SHARED_STACK_ID = "shared";
export const serverStackId = (server: string): string => `server-${server}`;

/** Physical names in the shared stack. */
export function sharedNames({ namePrefix: prefix, region }: Installation) {
  const name = (last: string, limit: number) => physicalName([prefix, last], limit);
  const role = (last: string) => globalName([prefix, last], region, AWS_NAME_LIMITS.role);
  return {
    keyAlias: `alias/${prefix}`,
    topic: name("notifications", AWS_NAME_LIMITS.topic),
    scheduleDeadLetterQueue: name("schedule-dead-letter", AWS_NAME_LIMITS.queue),
    failedListingsDeadLetterQueue: name("failed-listings-dead-letter", AWS_NAME_LIMITS.queue),
    failedListingsRule: name("failed-listings", AWS_NAME_LIMITS.rule),
    connectorLoggingRole: role("connector-logging"),
    recorderRole: role("record-listing-failure"),
    recorderFunction: name("record-listing-failure", AWS_NAME_LIMITS.lambdaFunction),
    connectorConcurrencyRole: role("set-connector-concurrency"),
    connectorConcurrencyFunction: name("set-connector-concurrency", AWS_NAME_LIMITS.lambdaFunction),
  };
}

/**
 * Bucket names are unique over all of AWS, so account and Region are part of this one.
 * @param accountId 12 digits once known; in stacks a Terraform reference.
 */
export function listResultsBucketName({ namePrefix, region }: Installation, accountId: string): string {
  const accountLength = 12;
  const room = AWS_NAME_LIMITS.bucket - accountLength - region.length - 2;
  return `${physicalName([namePrefix, "list-results"], room)}-${accountId}-${region}`;
}

/** Names of the shared alarms, and of the dashboard of all servers: without any server's name. */
export function sharedMonitoringNames({ namePrefix, region }: Installation) {
  return {
    alarm: (kind: string) => alarmName([namePrefix, kind]),
    overviewDashboard: globalName([namePrefix], region, AWS_NAME_LIMITS.dashboard),
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
