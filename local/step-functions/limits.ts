import { type Json, jsonBytes } from "./json";
import { TerminalFailure } from "./task-failure";

/** Largest input or output of a state, task or execution (Step Functions quotas). */
const MAX_PAYLOAD_BYTES = 256 * 1024;

/** Largest event history of a standard execution (Step Functions quotas). */
const MAX_HISTORY_EVENTS = 25_000;

/** A Task's attempt is scheduled, started, and succeeds or fails; entering and leaving the state count by themselves. */
const EVENTS_PER_ATTEMPT = 3;

/** @throws TerminalFailure `States.DataLimitExceeded` */
export function checkPayload(what: string, value: Json): void {
  if (jsonBytes(value) > MAX_PAYLOAD_BYTES) {
    throw new TerminalFailure(
      "States.DataLimitExceeded",
      `${what} has a size exceeding the maximum number of bytes service limit.`,
    );
  }
}

/**
 * Counts an execution's history as Step Functions does: one event each for starting and ending, for entering and for
 * leaving a state (a Fail state is never left), and three for every attempt of a Task.
 */
export class History {
  private counted = 0;

  get events(): number {
    return this.counted;
  }

  /** @throws TerminalFailure when the history is full. */
  add(events = 1): void {
    this.counted += events;
    if (this.counted > MAX_HISTORY_EVENTS) {
      throw new TerminalFailure(
        "States.Runtime",
        `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`,
      );
    }
  }

  addAttempt(): void {
    this.add(EVENTS_PER_ATTEMPT);
  }
}
