import type { Clock } from "../ports/services";
import type { Slice } from "../slice";
import type { Root } from "./root";
import type { Work } from "./work";

/** The service says *later*: no Start* call of this run before then. */
export function pauseAfterRefusal(
  { root }: Work,
  { services: { clock }, env }: Slice,
  retryAfterSeconds: number | undefined,
): void {
  const seconds = (retryAfterSeconds ?? 0) + clock.random() * env.timeouts.maxPause;
  root.pausedUntil = new Date(clock.now().getTime() + seconds * 1000).toISOString();
}

export function isPaused(root: Root, clock: Clock): boolean {
  return secondsOfPause(root, clock) > 0;
}

/** 0: there is none. */
export function secondsOfPause({ pausedUntil }: Root, clock: Clock): number {
  return pausedUntil === undefined ? 0 : Math.max(0, (Date.parse(pausedUntil) - clock.now().getTime()) / 1000);
}
