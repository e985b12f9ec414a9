import { lambdaTask } from "./lambda-task";
import { publishRetry } from "./retry";
import type { PassState, State, TaskState } from "./states";

export interface EndOfRunOptions {
  readonly server: string;
  readonly finishRunArn: string;
  readonly topicArn: string;
  readonly taskTimeoutSeconds: number;
}

/** SNS takes 100 ASCII characters (API reference, Publish). */
const MAX_SUBJECT = 100;

const PUBLISH_TIMEOUT_SECONDS = 30;

/** From `FinishRun` on: success, or a notification and the failure's own name. */
export function endOfRun({ server, finishRunArn, topicArn, taskTimeoutSeconds }: EndOfRunOptions) {
  return {
    FinishRun: lambdaTask({
      functionArn: finishRunArn,
      timeoutSeconds: taskTimeoutSeconds,
      resultSelector: { "Outcome.$": "$.Payload" },
      resultPath: "$.Finish",
      next: "HasRunFailed",
      onError: "DescribeFinishFailure",
    }),
    HasRunFailed: {
      Type: "Choice",
      Choices: [{ Variable: "$.Finish.Outcome.Status", StringEquals: "FAILED", Next: "NotifyFailure" }],
      Default: "RunSucceeded",
    },
    DescribeFinishFailure: describeFinishFailure(server),
    NotifyFailure: notifyFailure(topicArn),
    RunSucceeded: { Type: "Succeed" },
    RunFailed: {
      Type: "Fail",
      ErrorPath: "$.Finish.Outcome.Error.Name",
      CausePath: "$.Finish.Outcome.Error.Message",
    },
  } satisfies Record<string, State>;
}

/** Takes the place of the outcome that `FinishRun` could not give. A caught error need not have a `Cause`. */
function describeFinishFailure(server: string): PassState {
  const message =
    "States.Format('The run could not be finished: {} - Execution: {} - The next run takes over where it stopped.', " +
    "States.JsonToString($.Error), $.Execution.Id)";
  return {
    Type: "Pass",
    Parameters: {
      Outcome: {
        Status: "FAILED",
        Error: { "Name.$": "$.Error.Error", "Message.$": "States.JsonToString($.Error)" },
        Subject: `SFTP sync could not be finished: ${server}`.slice(0, MAX_SUBJECT),
        "Message.$": message,
      },
    },
    ResultPath: "$.Finish",
    Next: "NotifyFailure",
  };
}

/** The run has failed whether or not somebody could be told. */
function notifyFailure(topicArn: string): TaskState {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::sns:publish",
    Parameters: {
      TopicArn: topicArn,
      "Subject.$": "$.Finish.Outcome.Subject",
      "Message.$": "$.Finish.Outcome.Message",
    },
    ResultPath: null,
    TimeoutSeconds: PUBLISH_TIMEOUT_SECONDS,
    Retry: publishRetry,
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.NotificationError", Next: "RunFailed" }],
    Next: "RunFailed",
  };
}
