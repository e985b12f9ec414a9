import type { Construct } from "constructs";
import type { ServerNames } from "../../../config/naming/aws-names";
import { lambdaLogGroup } from "../../naming/names";
import type { Alarm } from "./alarm";
import { type AlarmEntry, againAndAgain, createAlarms, onAndOn, oneInADay } from "./alarm-table";
import { connectorErrors, functionMetric, schedulesMetric, stateMachineMetric } from "./metrics/metrics";
import { MINUTES_5 } from "./metrics/periods";

export interface ServerAlarmsProps {
  readonly prefix: string;
  readonly server: string;
  readonly names: ServerNames;
  readonly stateMachineArn: string;
  /** The run's functions. */
  readonly functionNames: readonly string[];
  readonly topicArn: string;
}

/** The alarms of one server. */
export function createServerAlarms(stack: Construct, props: ServerAlarmsProps): Alarm[] {
  const table = {
    run_failed: runFailed(props),
    function_errors: functionErrors(props),
    connector_errors: connectorFailures(props),
    schedule_not_started: scheduleNotStarted(props),
    executions_throttled: executionsThrottled(props),
  };
  return createAlarms(stack, { table, alarmName: props.names.alarm, topicArn: props.topicArn });
}

/**
 * Stands on what Step Functions counts, since a run that was cut off tells nothing of itself. Not on RunsFailed as well:
 * every run that counts there counts here too, and would be told twice.
 */
function runFailed({ server, names, stateMachineArn }: ServerAlarmsProps): AlarmEntry {
  return {
    text: {
      kind: "run-failed",
      impact: `A run of ${server} failed, timed out or was stopped; files may be missing in S3 until one succeeds.`,
      lookAt:
        "the notification that the failed run sent, which names the files. There is none where the execution was cut off: " +
        `then look at the executions of the state machine ${names.stateMachine}.`,
      todo: "what that notification says. The next run goes on where this one stopped.",
    },
    metrics: [
      stateMachineMetric(stateMachineArn, "ExecutionsFailed"),
      stateMachineMetric(stateMachineArn, "ExecutionsTimedOut"),
      stateMachineMetric(stateMachineArn, "ExecutionsAborted"),
    ],
    condition: oneInADay,
  };
}

/** An error is repeated up to three times, and one that stays fails the run, which is told. So this is for what goes on. */
function functionErrors({ server, functionNames }: ServerAlarmsProps): AlarmEntry {
  return {
    text: {
      kind: "function-errors",
      impact: `Functions of ${server} have failed again and again within an hour; runs are slow, cost more, and may fail.`,
      lookAt: `lines of level ERROR in the log groups ${functionNames.map(lambdaLogGroup).join(", ")}.`,
      todo: "what the error says: permissions, quotas, or timeouts.slice and timeouts.lambda. Else report it as a defect.",
    },
    metrics: functionNames.map((name) => functionMetric(name, "Errors")),
    condition: againAndAgain,
  };
}

/** A failed file is tried again, and told at the run's end. But a run may take a day: this is told while it lasts. */
function connectorFailures({ prefix, server }: ServerAlarmsProps): AlarmEntry {
  return {
    text: {
      kind: "connector-errors",
      impact: `The SFTP connector of ${server} has kept failing for 45 minutes; files of the run at work do not arrive.`,
      lookAt:
        "the connector's log group /aws/transfer/CONNECTOR-ID (output connector_id), at failure-code and failure-message.",
      todo: "check that the server is up, and that credentials, host keys and permissions on both sides are still right.",
    },
    metrics: [connectorErrors(prefix, server)],
    condition: onAndOn(3 * MINUTES_5, 3),
  };
}

/** Scheduler has given up either way: the run is in the queue of dead letters, or not even there. */
function scheduleNotStarted({ server, names }: ServerAlarmsProps): AlarmEntry {
  return {
    text: {
      kind: "schedule-not-started",
      impact: `A run of ${server} was due and could not be started; its files wait for the next one.`,
      lookAt:
        "the queue of the shared stack's output schedule_dead_letter_queue_arn: a message's attributes name schedule and error.",
      todo: "correct what the error says, often what the role of its schedules may do; start the run by hand if it must not wait.",
    },
    metrics: [
      schedulesMetric(names.scheduleGroup, "InvocationsSentToDeadLetterCount"),
      schedulesMetric(names.scheduleGroup, "InvocationsFailedToBeSentToDeadLetterCount"),
    ],
    condition: oneInADay,
  };
}

/** A short one is the normal end of many runs that began together. */
function executionsThrottled({ server, stateMachineArn }: ServerAlarmsProps): AlarmEntry {
  return {
    text: {
      kind: "executions-throttled",
      impact: `Step Functions has held back runs of ${server} for half an hour; they are late.`,
      lookAt: "the quota of state transitions of the account and Region, and what else uses it.",
      todo: "spread the schedules of the servers, or have the quota raised.",
    },
    metrics: [stateMachineMetric(stateMachineArn, "ExecutionThrottled")],
    condition: onAndOn(MINUTES_5, 6),
  };
}
