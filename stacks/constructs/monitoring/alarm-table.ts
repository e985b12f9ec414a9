import type { Construct } from "constructs";
import { Alarm, type AlarmCondition, type AlarmProps } from "./alarm";
import type { AlarmKind } from "./alarm-text";
import { HOUR, MINUTES_5 } from "./metrics/periods";

/** What one alarm has of its own; what all have in common comes with {@link createAlarms}. */
export type AlarmEntry = Pick<AlarmProps, "text" | "metrics" | "condition">;

/** Alarms by their ids. */
export type AlarmTable = Readonly<Record<string, AlarmEntry>>;

export interface AlarmsProps {
  readonly table: AlarmTable;
  readonly alarmName: (kind: AlarmKind) => string;
  readonly topicArn: string;
}

/** Creates the alarms of a table straight in the stack, so that their addresses are their ids. */
export function createAlarms(stack: Construct, { table, alarmName, topicArn }: AlarmsProps): Alarm[] {
  return Object.entries(table).map(
    ([id, { text, metrics, condition }]) =>
      new Alarm(stack, id, {
        alarmName: alarmName(text.kind),
        text,
        metrics,
        condition,
        topicArn,
        tellsEnd: false,
      }),
  );
}

/** Raised by one, over when a day has passed without another: an incident is told once, not once for each run. */
export const oneInADay: AlarmCondition = {
  breach: { atLeast: 1 },
  periodSeconds: HOUR,
  periods: 24,
  breachesToAlarm: 1,
  missingData: "notBreaching",
};

/** Three times within an hour: what recovered on its own wakes nobody. */
export const againAndAgain: AlarmCondition = {
  breach: { atLeast: 1 },
  periodSeconds: MINUTES_5,
  periods: 12,
  breachesToAlarm: 3,
  missingData: "notBreaching",
};

/** In each of so many periods, one after the other. */
export function onAndOn(periodSeconds: number, periods: number): AlarmCondition {
  return { breach: { atLeast: 1 }, periodSeconds, periods, breachesToAlarm: periods, missingData: "notBreaching" };
}
