import { type Pause, realPause } from "../step-functions/pause";

const SHORTEST_SECONDS = 0.03;
const SHARE_OF_TIME_SO_FAR = 0.02;

/**
 * Waits for a small part of the time since the start, never longer than asked: a short run ends at once, and a long one
 * does not fill its history with rounds.
 */
export function shortPause(now: () => number = Date.now): Pause {
  const startedAt = now();
  return (seconds, signal) => {
    const sofar = (now() - startedAt) / 1000;
    return realPause(Math.max(SHORTEST_SECONDS, sofar * SHARE_OF_TIME_SO_FAR))(seconds, signal);
  };
}
