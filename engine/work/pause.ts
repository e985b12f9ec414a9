import type { Clock, StartOutcome } from "../ports/services";
import type { Slice } from "../slice";
import type { Root } from "./root";
import type { Work } from "./work";

/** A Start* call of which nothing came, for now. */
type Postponed = Extract<StartOutcome, { status: "refused" | "not-ready" }>;

/** Whether nothing came of a Start* call for now; the run then pauses. */
export function pauseIfPostponed(work: Work, slice: Slice, outcome: StartOutcome): outcome is Postponed {
  if (outcome.status === "refused") {
    pauseAfterRefusal(work, slice, outcome.retryAfterSeconds);
    return true;
  }
  if (outcome.status === "not-ready") {
    pauseUntilReady(work, slice);
    return true;
  }
  return false;
}

/** No Start* call of this run before the connector has been looked at again, after a pause, and was ready. */
export function pauseUntilReady(work: Work, slice: Slice): void {
  work.root.notReadySince ??= slice.services.clock.now().toISOString();
  pauseAfterRefusal(work, slice, slice.env.timeouts.maxPause);
}

/** The service says *later*: no Start* call of this run before then. */
function pauseAfterRefusal(
  { root }: Work,
  { services: { clock }, env }: Slice,
  retryAfterSeconds: number | undefined,
): void {
  const seconds = (retryAfterSeconds ?? 0) + clock.random() * env.timeouts.maxPause;
  root.pausedUntil = new Date(clock.now().getTime() + seconds * 1000).toISOString();
}

export function isPaused(root: Root, clock: Clock): boolean {
  return root.notReadySince !== undefined || secondsOfPause(root, clock) > 0;
}

/** 0: there is none. */
export function secondsOfPause({ pausedUntil }: Root, clock: Clock): number {
  return pausedUntil === undefined ? 0 : Math.max(0, (Date.parse(pausedUntil) - clock.now().getTime()) / 1000);
}
