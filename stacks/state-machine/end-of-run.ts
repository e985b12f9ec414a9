import { FINISH_ERROR, finishFailure } from "./finish-failure";
import { integration } from "./integration";
import { lambdaTask } from "./lambda-task";
import { publishRetry } from "./retry";
import type { State, TaskState } from "./states";

export interface EndOfRunOptions {
  readonly partition: string;
  readonly server: string;
  readonly finishRunArn: string;
  readonly topicArn: string;
  readonly taskTimeoutSeconds: number;
}

const PUBLISH_TIMEOUT_SECONDS = 30;

/** From `FinishRun` on: success, or a notification and the failure's own name. */
export function endOfRun({ partition, server, finishRunArn, topicArn, taskTimeoutSeconds }: EndOfRunOptions) {
  return {
    FinishRun: lambdaTask({
      partition,
      functionArn: finishRunArn,
      timeoutSeconds: taskTimeoutSeconds,
      resultSelector: { "Outcome.$": "$.Payload" },
      resultPath: "$.Finish",
      next: "HasRunFailed",
      onError: "HasFinishErrorCause",
      // Beside the error that ended the run, if one did: whoever is told wants to know both.
      errorPath: FINISH_ERROR,
    }),
    HasRunFailed: {
      Type: "Choice",
      Choices: [
        { Variable: "$.Finish.Outcome.Status", StringEquals: "FAILED", Next: "NotifyFailure" },
        { Variable: "$.Finish.Outcome.Status", StringEquals: "SKIPPED", Next: "WasRunScheduled" },
      ],
      Default: "RunSucceeded",
    },
    // The run at work does what a schedule wanted; a person waits for what was asked for.
    WasRunScheduled: {
      Type: "Choice",
      Choices: [{ Variable: "$.Event.ScheduledTime", IsPresent: true, Next: "RunSucceeded" }],
      Default: "NotifySkipped",
    },
    NotifySkipped: notify({ partition, topicArn, next: "RunSucceeded" }),
    ...finishFailure(server),
    NotifyFailure: notify({ partition, topicArn, next: "RunFailed" }),
    RunSucceeded: { Type: "Succeed" },
    RunFailed: {
      Type: "Fail",
      ErrorPath: "$.Finish.Outcome.Error.Name",
      CausePath: "$.Finish.Outcome.Error.Message",
    },
  } satisfies Record<string, State>;
}

interface NotificationOptions extends Pick<EndOfRunOptions, "partition" | "topicArn"> {
  readonly next: string;
}

/** The run ends as it does whether or not somebody could be told. */
function notify({ partition, topicArn, next }: NotificationOptions): TaskState {
  return {
    Type: "Task",
    Resource: integration(partition, "sns:publish"),
    Parameters: {
      TopicArn: topicArn,
      "Subject.$": "$.Finish.Outcome.Subject",
      "Message.$": "$.Finish.Outcome.Message",
    },
    ResultPath: null,
    TimeoutSeconds: PUBLISH_TIMEOUT_SECONDS,
    Retry: publishRetry,
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.NotificationError", Next: next }],
    Next: next,
  };
}
