import { SLICE_SUPERSEDED } from "../../contract/run-errors";
import type { Retrier } from "./states";

/** Full jitter: runs that were throttled together must not come back together. */
const backoff = { IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 60, JitterStrategy: "FULL" } as const;

/** Lambda itself failed or was throttled, before or beside our code (Lambda developer guide, "Invoke errors"). */
const lambdaService: Retrier = {
  ErrorEquals: [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "Lambda.ClientExecutionTimeoutException",
  ],
  ...backoff,
  MaxAttempts: 6,
};

/** Errors of a slice that the next attempt may well not meet. Every slice may be repeated. */
const transient: Retrier = {
  ErrorEquals: [
    SLICE_SUPERSEDED,
    // Runs that start together may snatch the lock from one another too often.
    "ConditionFailed",
    "ThrottlingException",
    "SlowDown",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "InternalError",
    "InternalServiceError",
    "InternalServerError",
    "TimeoutError",
    // The function died, or its time or memory did not suffice.
    "Runtime.ExitError",
    "Runtime.OutOfMemory",
    "Sandbox.Timedout",
    "States.Timeout",
    "Lambda.Unknown",
  ],
  ...backoff,
  MaxAttempts: 3,
};

/** What a Task that invokes a function tries again: Lambda's own failures, then those of a slice. */
export const lambdaRetry: readonly Retrier[] = [lambdaService, transient];

/** SNS's answers reach the state machine with the service's name in front, so all of them are tried again. */
export const publishRetry: readonly Retrier[] = [{ ErrorEquals: ["States.ALL"], ...backoff, MaxAttempts: 4 }];
