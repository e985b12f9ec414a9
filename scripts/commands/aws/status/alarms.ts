import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import type { AwsSession } from "../access/session";

export interface AlarmState {
  readonly name: string;
  /** Absent for those of the shared stack. */
  readonly server?: string;
  readonly sync?: string;
  /** A section of docs/operations.md. */
  readonly kind: string;
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** ISO 8601: since when it is in this state. */
  readonly since?: string;
  /** CloudWatch's words for why. */
  readonly reason: string;
  /** What it means, where to look, what to do. */
  readonly description: string;
}

/** The installation's alarms, by name. @param server only this one's. @throws AwsFailure */
export async function alarmStates(session: AwsSession, server?: string): Promise<AlarmState[]> {
  const { namePrefix } = session.installation;
  const prefix = server === undefined ? `${namePrefix}/` : `${namePrefix}/${server}/`;
  const client = new CloudWatchClient(session.config);
  const found: AlarmState[] = [];
  try {
    let token: string | undefined;
    do {
      const command = new DescribeAlarmsCommand({
        AlarmNamePrefix: prefix,
        AlarmTypes: ["MetricAlarm"],
        NextToken: token,
      });
      const page = await session.ask(`cloudwatch:DescribeAlarms ${prefix}`, () => client.send(command));
      for (const { AlarmName = "", StateValue = "INSUFFICIENT_DATA", ...alarm } of page.MetricAlarms ?? []) {
        const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
        found.push({
          name: AlarmName,
          ...placeOf(AlarmName.slice(namePrefix.length + 1)),
          state: StateValue,
          ...(since === undefined ? {} : { since: since.toISOString() }),
          reason: alarm.StateReason ?? "",
          description: alarm.AlarmDescription ?? "",
        });
      }
      token = page.NextToken || undefined;
    } while (token !== undefined);
  } finally {
    client.destroy();
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `KIND`, `SERVER/KIND` or `SERVER/SYNC/KIND`. */
function placeOf(name: string): Pick<AlarmState, "server" | "sync" | "kind"> {
  const parts = name.split("/");
  const kind = parts.pop() ?? "";
  const [server, sync] = parts;
  return { kind, ...(server === undefined ? {} : { server }), ...(sync === undefined ? {} : { sync }) };
}
