import type { Slice } from "../shared/run-slice";
import type { Work } from "../shared/work/work";
import { filesInFlight } from "./start-transfers";

const FIRST_WAIT_SECONDS = 2;

/** While a listing is awaited, folders may be waiting for it that could be transferring. */
const LONGEST_WAIT_FOR_LISTING = 10;

/** What one slice brought about. */
export interface Movement {
  /** Files that arrived. */
  readonly verified: number;
  /** Whether anything was decided, started or settled. */
  readonly any: boolean;
}

/**
 * Seconds until the next round: doubling while nothing moves. When files arrive, long enough for about half of what is in
 * flight, so that the queue neither runs dry nor is asked for nothing.
 */
export function nextWait(work: Work, { env, services }: Slice, { verified, any }: Movement): number {
  const { root } = work;
  const inFlight = filesInFlight(work);
  const maxWait =
    root.waves.length > 0 ? Math.min(LONGEST_WAIT_FOR_LISTING, env.timeouts.maxWait) : env.timeouts.maxWait;
  if (verified > 0 && inFlight > 0) {
    const secondsPerFile = Math.max(root.lastWait, FIRST_WAIT_SECONDS) / verified;
    return clamp(Math.round((inFlight / 2) * secondsPerFile), maxWait);
  }
  if (inFlight === 0 && root.waves.length === 0) {
    // Work is at hand: only a pause that the service asked for, or the slice's end, held it back.
    const paused = root.pausedUntil === undefined ? 0 : Date.parse(root.pausedUntil) - services.clock.now().getTime();
    return clamp(Math.ceil(paused / 1000), maxWait);
  }
  return clamp(any ? FIRST_WAIT_SECONDS : Math.max(FIRST_WAIT_SECONDS, root.lastWait * 2), maxWait);
}

function clamp(seconds: number, maxWait: number): number {
  return Math.min(Math.max(seconds, 1), maxWait);
}
