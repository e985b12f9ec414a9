import type { Clock } from "../../../engine/ports/services";
import { NotYet } from "./errors";

/** Upper ends of the first and of the longest pause. A new IAM role mostly takes effect within seconds, at times a minute. */
const FIRST_MILLISECONDS = 1_000;
const LONGEST_MILLISECONDS = 15_000;

export interface Patience {
  readonly clock: Clock;
  /** No attempt begins after this. */
  readonly until: Date;
}

/**
 * Tries again while the attempt throws `NotYet`, after pauses that grow and are spread over their whole length (full
 * jitter): many servers' stacks may be applied at the same time.
 * @throws what the attempt throws; its last `NotYet` when the time is over.
 */
export async function repeat<T>(attempt: () => Promise<T>, { clock, until }: Patience): Promise<T> {
  for (let longest = FIRST_MILLISECONDS; ; longest = Math.min(2 * longest, LONGEST_MILLISECONDS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof NotYet)) {
        throw error;
      }
      const pause = error.retryAfterSeconds * 1000 + clock.random() * longest;
      if (clock.now().getTime() + pause > until.getTime()) {
        throw error;
      }
      await clock.sleep(pause);
    }
  }
}
