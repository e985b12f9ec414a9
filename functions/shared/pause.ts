import type { Slice } from "./run-slice";
import type { Clock } from "./services";
import type { Root } from "./work/root";
import type { Work } from "./work/work";

/** The service says *later*: no Start* call of this run before then. */
export function pauseAfterRefusal(
  { root }: Work,
  { services: { clock }, env }: Slice,
  retryAfterSeconds: number | undefined,
): void {
  const seconds = (retryAfterSeconds ?? 0) + Math.random() * env.timeouts.maxPause;
  root.pausedUntil = new Date(clock.now().getTime() + seconds * 1000).toISOString();
}

export function isPaused({ pausedUntil }: Root, clock: Clock): boolean {
  return pausedUntil !== undefined && clock.now() < new Date(pausedUntil);
}
