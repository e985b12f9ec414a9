import { physicalName } from "./names";

/** Longest names the services take, in characters (API references). */
export const AWS_NAME_LIMITS = {
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

/** Where an installation lives, and how its names begin. */
export interface Installation {
  readonly namePrefix: string;
  readonly region: string;
}

/**
 * A name of something that an account has once, and not once for each Region: IAM roles (IAM user guide) and CloudWatch
 * dashboards (PutDashboard, API reference). It ends with the Region whole, however much of the rest is cut off.
 */
export const globalName = (parts: readonly string[], region: string, limit: number): string =>
  `${physicalName(parts, limit - region.length - 1)}-${region}`;

/** Physical names in a server's stack. */
export function serverNames({ namePrefix: prefix, region }: Installation, server: string) {
  const name = (last: string, limit: number) => physicalName([prefix, server, last], limit);
  const role = (last: string) => globalName([prefix, server, last], region, AWS_NAME_LIMITS.role);
  return {
    /** The prefix `aws/transfer/` is the one that the user guide's policies for connectors expect. */
    secret: `aws/transfer/${prefix}-${server}`,
    connectorAccessRole: role("connector-access"),
    engineRole: role("engine"),
    stateMachineRole: role("state-machine"),
    schedulerRole: role("scheduler"),
    stateMachine: physicalName([prefix, server], AWS_NAME_LIMITS.stateMachine),
    scheduleGroup: physicalName([prefix, server], AWS_NAME_LIMITS.schedule),
    lambdaFunction: (functionName: string) => name(functionName, AWS_NAME_LIMITS.lambdaFunction),
    /** Unique within the server's schedule group. */
    schedule: (sync: string) => physicalName([sync], AWS_NAME_LIMITS.schedule),
    parameter: (sync: string) => `/${prefix}/${server}/${sync}`,
    alarm: (kind: string) => alarmName([prefix, server, kind]),
    syncAlarm: (sync: string, kind: string) => alarmName([prefix, server, sync, kind]),
    dashboard: globalName([prefix, server], region, AWS_NAME_LIMITS.dashboard),
  };
}

/** With slashes, so that no server, sync and kind of alarm can run into another's name. */
export const alarmName = (parts: readonly string[]): string => physicalName([parts.join("/")], AWS_NAME_LIMITS.alarm);

export type ServerNames = ReturnType<typeof serverNames>;
