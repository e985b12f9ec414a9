import { FINISH_FUNCTION, RETRY_PAUSE, RUN_LOOP, RUN_RETRIES, type RunFunction } from "../../contract/run-loop";
import type { SliceResult } from "../slice";
import type { RunError } from "./build-report";
import type { FinishInput } from "./finish";
import type { Outcome } from "./outcome";

/** A function that an execution calls, and what it hands over of the loop: its end, where it has one. */
export interface RunCall extends FinishInput {
  readonly function: RunFunction;
  /** How often it was called again so far, for each rule of `RUN_RETRIES`. */
  readonly retries: readonly number[];
}

/** What a function answers: a slice, or the one that ends the run. */
export type RunAnswer = SliceResult | Outcome;

/** What an execution does next. */
export type LoopMove =
  | { readonly kind: "call"; readonly call: RunCall; readonly afterSeconds: number }
  /** The run goes on in the execution that the function has started. */
  | { readonly kind: "handed-over" }
  /** @property error under which the run failed. */
  | { readonly kind: "ended"; readonly error: RunError | undefined };

/** How every execution begins, the further ones of a long run too. */
export const FIRST_CALL: RunCall = callOf(RUN_LOOP[0].function);

/** What follows on a function's answer. */
export function afterAnswer({ function: answered }: RunCall, answer: RunAnswer): LoopMove {
  if (!("WaitSeconds" in answer)) {
    return { kind: "ended", error: errorOf(answer) };
  }
  const position = RUN_LOOP.findIndex((step) => step.function === answered);
  const step = RUN_LOOP[position];
  if (step === undefined) {
    throw new Error(`${answered} is no step of the loop`);
  }
  switch (step.ends[answer.Status]) {
    case "hand-over":
      return { kind: "handed-over" };
    case "finish":
      return nextCall(callOf(FINISH_FUNCTION, { skipped: answer.Status === "SKIPPED" }));
    case undefined: {
      const following = RUN_LOOP[position + 1] ?? RUN_LOOP[0];
      return nextCall(callOf(following.function), step.waits ? answer.WaitSeconds : 0);
    }
  }
}

/**
 * What follows on a function's failure: another attempt, or the end of the loop.
 * @param random from 0 up to 1: chance's part of the pause.
 */
export function afterFailure(failed: RunCall, { name, message }: RunError, random: number): LoopMove {
  const rule = RUN_RETRIES.findIndex(({ errors }) => errors.includes(name));
  const attempts = failed.retries[rule] ?? 0;
  if (attempts < (RUN_RETRIES[rule]?.attempts ?? 0)) {
    const retries = failed.retries.map((count, position) => (position === rule ? count + 1 : count));
    return nextCall({ ...failed, retries }, random * pauseSeconds(attempts));
  }
  // What ended the run names it, whatever else fails after that.
  return failed.function === FINISH_FUNCTION
    ? { kind: "ended", error: { name: failed.error?.name ?? name, message } }
    : nextCall(callOf(FINISH_FUNCTION, { error: { name, message } }));
}

/** Attempts are counted afresh whenever a function's turn comes. */
function callOf(name: RunFunction, { error, skipped = false }: Partial<FinishInput> = {}): RunCall {
  return { function: name, error, skipped, retries: RUN_RETRIES.map(() => 0) };
}

function nextCall(call: RunCall, afterSeconds = 0): LoopMove {
  return { kind: "call", call, afterSeconds };
}

/** @param before attempts before the one that failed. */
function pauseSeconds(before: number): number {
  const { firstSeconds, rate, longestSeconds } = RETRY_PAUSE;
  return Math.min(longestSeconds, firstSeconds * rate ** before);
}

function errorOf({ Error: error }: Outcome): RunError | undefined {
  return error && { name: error.Name, message: error.Message };
}
