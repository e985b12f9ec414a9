import { nextListingAt } from "../listing/next-listing";
import type { Slice } from "../slice";
import { filesInFlight } from "../transfers/start-transfers";
import { secondsOfPause } from "../work/pause";
import type { Work } from "../work/work";

const FIRST_WAIT_SECONDS = 2;

/** While a listing is awaited, folders may be waiting for it that could be transferring. */
const LONGEST_WAIT_FOR_LISTING = 10;

/** What one slice brought about. */
export interface Movement {
  /** Files that arrived. */
  readonly verified: number;
  /** The time in which they did. */
  readonly seconds: number;
  /** How long ago results were read: what has ended since counts as in flight still. */
  readonly secondsAgo: number;
  /** Whether anything was decided, started or settled. */
  readonly any: boolean;
  /** Whether the slice's time was over before its work was. */
  readonly cutShort: boolean;
}

/**
 * Seconds until the next round: one where something can be done, else doubling while nothing moves. When files arrive, long
 * enough for about half of what is in flight, so that the queue neither runs dry nor is asked for nothing.
 */
export async function nextWait(work: Work, { env, services: { clock } }: Slice, movement: Movement): Promise<number> {
  const { root, batches, folders } = work;
  const inFlight = filesInFlight(work);
  const listingAt = await nextListingAt(work);
  const isAwaited = inFlight > 0 || root.waves.length > 0;
  const isForPause = movement.cutShort || root.notReadySince !== undefined;
  const isWaitingForListing = listingAt !== undefined && batches.length === 0 && folders.length === 0;
  const limits = [
    env.timeouts.maxWait,
    root.waves.length > 0 ? LONGEST_WAIT_FOR_LISTING : Number.POSITIVE_INFINITY,
    listingAt === undefined ? Number.POSITIVE_INFINITY : (listingAt.getTime() - clock.now().getTime()) / 1000,
    isForPause || !(isAwaited || isWaitingForListing) ? secondsOfPause(root, clock) : Number.POSITIVE_INFINITY,
  ];
  const wait = isAwaited ? waitForProgress(root.lastWait, inFlight, movement) : Number.POSITIVE_INFINITY;
  return Math.max(1, Math.ceil(Math.min(wait, ...limits)));
}

function waitForProgress(lastWait: number, inFlight: number, movement: Movement): number {
  const { verified, seconds, secondsAgo, any } = movement;
  if (verified > 0 && inFlight > 0) {
    return (inFlight * (seconds / verified) - secondsAgo) / 2;
  }
  return any ? FIRST_WAIT_SECONDS : Math.max(FIRST_WAIT_SECONDS, lastWait * 2);
}
