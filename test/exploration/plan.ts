import type { Change, ExecutionPlan, WorldOptions } from "../property/world/scenario";
import { USUAL_OPTIONS } from "../property/world/usual-options";

/** What is there, and what may happen. */
export interface Plan {
  readonly options: WorldOptions;
  readonly tree: readonly Change[];
  readonly acts: readonly Act[];
  /** One after the other, each at any time from the first start on. */
  readonly meanwhile: readonly Change[];
  /** So many calls are struck, each in any of these ways. */
  readonly strikes: number;
  readonly ways: readonly Way[];
  /** Whether listings and files may arrive between any two calls, and not only between slices. */
  readonly eagerConnector: boolean;
}

/** Changes, and executions that start together. The next act begins once they have ended. */
export interface Act {
  readonly changes: readonly Change[];
  readonly starts: readonly ExecutionPlan[];
}

export const WAYS = {
  /** The function dies, and is invoked again. */
  crash: "dies",
  /** It dies with its execution. */
  kill: "dies with its execution",
  /** The call has its effect, and fails. */
  lostAnswer: "gets no answer",
  /** The call has no effect. */
  failure: "fails",
  /** The client repeats a request that had its effect. */
  repeat: "asks twice",
  /** The execution is gone, and the function goes on. */
  abandoned: "is left alone",
  /** The execution invokes the function again, and both go on. */
  doubled: "is not waited for",
} as const;

export type Way = keyof typeof WAYS;

export const SCHEDULED: ExecutionPlan = { kind: "scheduled", sync: 0 };

export const ONE_FILE: readonly Change[] = [{ kind: "add", sync: 0, path: "x", size: 3, time: "old" }];

/** Changes that come before a run by schedule. */
export function runAfter(...changes: readonly Change[]): Act {
  return { changes, starts: [SCHEDULED] };
}

/** One file, and two runs in which nothing happens. */
export const QUIET_PLAN: Plan = {
  options: USUAL_OPTIONS,
  tree: ONE_FILE,
  acts: [runAfter(), runAfter()],
  meanwhile: [],
  strikes: 0,
  ways: [],
  eagerConnector: false,
};
