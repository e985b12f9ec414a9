import { SLICE_SUPERSEDED } from "./run-errors";

/**
 * What a slice says of its run. `RUNNING`: go on with the loop. `DONE`: nothing is left. `SKIPPED`: another run of the sync
 * holds its lock. `HANDED_OVER`: the run goes on in a further execution.
 */
export type SliceStatus = "RUNNING" | "DONE" | "SKIPPED" | "HANDED_OVER";

/** The functions of a run's loop, by their modules in the zip. */
export type SliceFunction = "remote-folders-list" | "get-list-status" | "sync-remote-folder";

/** Ends every run, whatever happened in its loop. */
export const FINISH_FUNCTION = "finish-run";

/** All functions of a run, by their modules in the zip. */
export type RunFunction = SliceFunction | typeof FINISH_FUNCTION;

export interface LoopStep {
  readonly function: SliceFunction;
  /**
   * Statuses that end the loop: `finish` calls {@link FINISH_FUNCTION}, `hand-over` ends the execution alone. After any
   * other one the next step follows, and the first after the last.
   */
  readonly ends: { readonly [status in SliceStatus]?: "finish" | "hand-over" };
  /** Whether the answer's `WaitSeconds` pass before the next step. */
  readonly waits: boolean;
}

/** The loop of a run: its steps, in their order. The state machine is built from it, and the engine plays it. */
export const RUN_LOOP: readonly [LoopStep, ...LoopStep[]] = [
  { function: "remote-folders-list", ends: { SKIPPED: "finish" }, waits: false },
  { function: "get-list-status", ends: {}, waits: false },
  { function: "sync-remote-folder", ends: { DONE: "finish", HANDED_OVER: "hand-over" }, waits: true },
];

/** The functions of a run in the order in which they are first called. */
export const RUN_FUNCTIONS: readonly RunFunction[] = [...RUN_LOOP.map((step) => step.function), FINISH_FUNCTION];

/** Memory of each of these functions, in MB of 1,048,576 bytes: they work on a part of a tree at a time. */
export const RUN_FUNCTION_MEGABYTES = 512;

export interface Retry {
  /** Names of errors. */
  readonly errors: readonly string[];
  /** So often the function is called again, before its failure ends the loop. */
  readonly attempts: number;
}

/** Lambda itself failed or was throttled, before or beside our code (Lambda developer guide, "Invoke errors"). */
const lambdaService: Retry = {
  errors: [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "Lambda.ClientExecutionTimeoutException",
  ],
  attempts: 6,
};

/** What Lambda says of a function that died in the middle of its work. */
export const FUNCTION_DIED = "Runtime.ExitError";

/** Errors of a function that the next attempt may well not meet. Every function may be repeated. */
const transient: Retry = {
  errors: [
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
    FUNCTION_DIED,
    "Runtime.OutOfMemory",
    "Sandbox.Timedout",
    "States.Timeout",
    "Lambda.Unknown",
    // A deployment changes a function's configuration before its code: for seconds the handler may be one that the code has not.
    "Runtime.ImportModuleError",
  ],
  attempts: 3,
};

/** Which failures of a function are tried again: the first that names the error says how often. */
export const RUN_RETRIES: readonly Retry[] = [lambdaService, transient];

/**
 * Pauses between attempts: they grow by the rate up to the longest, and chance takes a part of each. Runs that were
 * throttled together must not come back together.
 */
export const RETRY_PAUSE = { firstSeconds: 2, rate: 2, longestSeconds: 60 } as const;
