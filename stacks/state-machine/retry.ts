import { RETRY_PAUSE, RUN_RETRIES } from "../../contract/run-loop";
import type { Retrier } from "./states";

const backoff = {
  IntervalSeconds: RETRY_PAUSE.firstSeconds,
  BackoffRate: RETRY_PAUSE.rate,
  MaxDelaySeconds: RETRY_PAUSE.longestSeconds,
  JitterStrategy: "FULL",
} as const;

/** What a Task that invokes a function tries again. */
export const lambdaRetry: readonly Retrier[] = RUN_RETRIES.map(({ errors, attempts }) => ({
  ErrorEquals: errors,
  ...backoff,
  MaxAttempts: attempts,
}));

/** SNS's answers reach the state machine with the service's name in front, so all of them are tried again. */
export const publishRetry: readonly Retrier[] = [{ ErrorEquals: ["States.ALL"], ...backoff, MaxAttempts: 4 }];
