import type { Clock } from "./services";
import type { Root } from "./work/root";

/** Longest pause after a refusal that names no time itself; full jitter spreads runs that were refused together. */
const MAX_PAUSE_SECONDS = 10;

/** The service says *later*: no Start* call of this run before then. */
export function pauseAfterRefusal(root: Root, clock: Clock, retryAfterSeconds: number | undefined): void {
  const seconds = (retryAfterSeconds ?? 0) + Math.random() * MAX_PAUSE_SECONDS;
  root.pausedUntil = new Date(clock.now().getTime() + seconds * 1000).toISOString();
}

export function isPaused({ pausedUntil }: Root, clock: Clock): boolean {
  return pausedUntil !== undefined && clock.now() < new Date(pausedUntil);
}
