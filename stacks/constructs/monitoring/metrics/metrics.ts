import type { RunDimensions, RunMetricName } from "../../../../contract/run-metrics";
import { connectorErrorsNamespace, runMetricsNamespace } from "../../../naming/names";

export type Statistic = "Sum" | "Average" | "Maximum";

/** One time series of CloudWatch, and what is asked of it in each period. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
}

/** What finish-run tells of every run that is neither a dry one nor skipped. */
export function runMetric(prefix: string, { Server, Sync }: RunDimensions, name: RunMetricName): Metric {
  return { namespace: runMetricsNamespace(prefix), name, dimensions: { Server, Sync }, statistic: "Sum" };
}

/** Failures in a connector's log. A filter takes dimensions from the line alone: the server has to be the metric's name. */
export function connectorErrors(prefix: string, server: string): Metric {
  return { namespace: connectorErrorsNamespace(prefix), name: server, dimensions: {}, statistic: "Sum" };
}

/** Names as in the Step Functions developer guide, "Monitoring metrics": `ExecutionThrottled` is singular. */
export type StateMachineMetricName =
  | "ExecutionsStarted"
  | "ExecutionsSucceeded"
  | "ExecutionsFailed"
  | "ExecutionsTimedOut"
  | "ExecutionsAborted"
  | "ExecutionThrottled";

export function stateMachineMetric(stateMachineArn: string, name: StateMachineMetricName): Metric {
  return { namespace: "AWS/States", name, dimensions: { StateMachineArn: stateMachineArn }, statistic: "Sum" };
}

export type FunctionMetricName = "Invocations" | "Errors" | "Throttles" | "Duration";

export function functionMetric(functionName: string, name: FunctionMetricName): Metric {
  const statistic = name === "Duration" ? "Maximum" : "Sum";
  return { namespace: "AWS/Lambda", name, dimensions: { FunctionName: functionName }, statistic };
}

/** Names as in the EventBridge Scheduler user guide, "Monitoring with CloudWatch". */
export type SchedulesMetricName =
  | "InvocationAttemptCount"
  | "TargetErrorCount"
  | "InvocationDroppedCount"
  | "InvocationsSentToDeadLetterCount"
  | "InvocationsFailedToBeSentToDeadLetterCount";

export function schedulesMetric(scheduleGroup: string, name: SchedulesMetricName): Metric {
  return { namespace: "AWS/Scheduler", name, dimensions: { ScheduleGroup: scheduleGroup }, statistic: "Sum" };
}

/** Messages that lie in a queue. */
export function queueDepth(queueName: string): Metric {
  const name = "ApproximateNumberOfMessagesVisible";
  return { namespace: "AWS/SQS", name, dimensions: { QueueName: queueName }, statistic: "Maximum" };
}

export type TopicMetricName =
  | "NumberOfMessagesPublished"
  | "NumberOfNotificationsDelivered"
  | "NumberOfNotificationsFailed";

export function topicMetric(topicName: string, name: TopicMetricName): Metric {
  return { namespace: "AWS/SNS", name, dimensions: { TopicName: topicName }, statistic: "Sum" };
}
