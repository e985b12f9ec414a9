import type { FailureCause } from "../failures/failure";
import type { Slice } from "../slice";
import { MAX_ATTEMPTS } from "../transfers/batches";
import type { StartedListing } from "../work/items";
import { recordFolderFailure } from "../work/tally";
import type { Work } from "../work/work";

/** How many times as long each further pause is. */
const GROWTH = 3;

/**
 * How long a listing may stay without an answer: all attempts together as long as the limit, and each longer than the one
 * before. An event that was lost costs little so, and a slow connector is waited for all the same.
 * @param attempt 0: the first.
 */
export function secondsToAnswer(limit: number, attempt: number): number {
  return (limit * (attempt + 1)) / ((MAX_ATTEMPTS * (MAX_ATTEMPTS + 1)) / 2);
}

/** A listing of a folder that has failed. */
export interface FailedAttempt {
  readonly error: "ListingFailed" | "ListingTimedOut";
  readonly cause: FailureCause;
  /** Whether it is one of those attempts that a folder has; true by default. */
  readonly counts?: boolean;
}

/**
 * Has a folder listed again later whose listing failed in a way that may pass, as often as a file is sent. Others do not
 * wait for it, except those that are to be listed again too and failed after it. What became of the earlier listing is not
 * looked at any more: the folder is decided once.
 */
export function repeatListing(
  { services, env }: Slice,
  work: Work,
  { folder, depth, attempt }: StartedListing,
  { error, cause, counts = true }: FailedAttempt,
): void {
  const next = counts ? attempt + 1 : attempt;
  if (next >= MAX_ATTEMPTS) {
    recordFolderFailure(work, folder, error, cause);
    return;
  }
  const seconds = env.timeouts.listingPause * GROWTH ** attempt;
  const notBefore = new Date(services.clock.now().getTime() + seconds * 1000).toISOString();
  work.repeats.append([{ folder, depth, attempt: next, notBefore }]);
}
