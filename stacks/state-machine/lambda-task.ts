import { integration } from "./integration";
import { lambdaRetry } from "./retry";
import type { PayloadTemplate, TaskState } from "./states";

export interface LambdaTaskOptions {
  readonly partition: string;
  readonly functionArn: string;
  /** Longer than the function's own limit, so that a Task never gives up on a function that still works. */
  readonly timeoutSeconds: number;
  /** What is kept of the function's answer, under `$.Payload`. */
  readonly resultSelector: PayloadTemplate;
  readonly resultPath: string;
  readonly next: string;
  /** Where any error goes, and the path under which it is found there. */
  readonly onError: string;
  readonly errorPath: string;
}

/** A Task that gives a function the whole state and keeps a selection of its answer. */
export function lambdaTask(options: LambdaTaskOptions): TaskState {
  return {
    Type: "Task",
    Resource: integration(options.partition, "lambda:invoke"),
    Parameters: { FunctionName: options.functionArn, "Payload.$": "$" },
    ResultSelector: options.resultSelector,
    ResultPath: options.resultPath,
    TimeoutSeconds: options.timeoutSeconds,
    Retry: lambdaRetry,
    // States.ALL leaves out States.DataLimitExceeded and States.Runtime. The first cannot happen while functions answer
    // with a few fields; the second is a mistake in these states. Both end the execution without a notification.
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: options.errorPath, Next: options.onError }],
    Next: options.next,
  };
}
