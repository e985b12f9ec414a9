import { literal } from "../../terraform/terraform-text";

/** Sections of docs/operations.md, one for each kind of alarm; also the last part of the alarms' names. */
export type AlarmKind =
  | "run-failed"
  | "no-successful-run"
  | "function-errors"
  | "connector-errors"
  | "schedule-not-started"
  | "executions-throttled"
  | "recorder-errors"
  | "failed-listings-dead-letters"
  | "schedule-dead-letters";

/** What an alarm tells the person whom it woke: whole sentences. */
export interface AlarmText {
  readonly kind: AlarmKind;
  readonly impact: string;
  readonly lookAt: string;
  readonly todo: string;
}

/** Longest description of an alarm (API reference, PutMetricAlarm). */
const MAX_LENGTH = 1024;

/** @throws RangeError where CloudWatch would refuse it. */
export function alarmDescription({ kind, impact, lookAt, todo }: AlarmText): string {
  const text = `Impact: ${impact} Look at: ${lookAt} Do: ${todo} More: docs/operations.md#${kind}`;
  if (text.length > MAX_LENGTH) {
    throw new RangeError(`The description of the alarm ${kind} has ${text.length} characters, not ${MAX_LENGTH}`);
  }
  return literal(text);
}
