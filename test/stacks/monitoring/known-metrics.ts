export interface SeenMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly string[];
}

interface KnownMetrics {
  readonly namespace: RegExp;
  readonly names: readonly string[] | RegExp;
  readonly dimensions: readonly string[];
}

/** From the user guides of the services, and what this project publishes itself: written down apart from the stacks. */
const KNOWN: readonly KnownMetrics[] = [
  {
    namespace: /^AWS\/States$/,
    names: [
      "ExecutionThrottled",
      "ExecutionsAborted",
      "ExecutionsFailed",
      "ExecutionsStarted",
      "ExecutionsSucceeded",
      "ExecutionsTimedOut",
      "ExecutionTime",
    ],
    dimensions: ["StateMachineArn"],
  },
  {
    namespace: /^AWS\/Lambda$/,
    names: ["Invocations", "Errors", "Throttles", "Duration"],
    dimensions: ["FunctionName"],
  },
  {
    namespace: /^AWS\/Scheduler$/,
    names: [
      "InvocationAttemptCount",
      "TargetErrorCount",
      "TargetErrorThrottledCount",
      "InvocationThrottleCount",
      "InvocationDroppedCount",
      "InvocationsSentToDeadLetterCount",
      "InvocationsFailedToBeSentToDeadLetterCount",
    ],
    dimensions: ["ScheduleGroup"],
  },
  {
    namespace: /^AWS\/SQS$/,
    names: ["ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"],
    dimensions: ["QueueName"],
  },
  {
    namespace: /^AWS\/SNS$/,
    names: ["NumberOfMessagesPublished", "NumberOfNotificationsDelivered", "NumberOfNotificationsFailed"],
    dimensions: ["TopicName"],
  },
  {
    namespace: /^[a-z0-9-]{1,20}$/,
    names: ["RunsSucceeded", "RunsFailed", "FilesTransferred", "FilesFailed", "BytesTransferred"],
    dimensions: ["Server", "Sync"],
  },
  { namespace: /^[a-z0-9-]{1,20}\/ConnectorErrors$/, names: /^[a-z0-9-]+$/, dimensions: [] },
];

export function isKnownMetric({ namespace, name, dimensions }: SeenMetric): boolean {
  return KNOWN.some(
    (known) =>
      known.namespace.test(namespace) &&
      (known.names instanceof RegExp ? known.names.test(name) : known.names.includes(name)) &&
      [...known.dimensions].sort().join() === [...dimensions].sort().join(),
  );
}
