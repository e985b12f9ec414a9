import { oneLine } from "../../contract/printable";
import type { FailureCause } from "../failures/failure";
import { logger } from "../logger";
import type { Slice } from "../slice";
import type { FewerConnections, Root } from "./root";
import type { Work } from "./work";

/** Failures from which on their number may be the cause: one alone is a matter of that file or folder. */
const FAILURES_OF_A_LIMIT = 2;

/** Successes in a row after which earlier failures say nothing: a server that takes too few refuses one in five at least. */
const SUCCESSES_THAT_CLEAR = 20;

/** Failures in a row after which the number of connections cannot be the cause: the server is gone. */
const FAILURES_OF_THE_SERVER = 10;

/** Requests that have to get through before a run tries twice as many at a time. */
const FIRST_TRIAL_AFTER = 20;

/** How many times as many after a trial that failed, so that a server that takes no more is not tried again and again. */
const TRIAL_GROWTH = 4;

/** Characters of the service's words in the root, which is to stay small. */
const MAX_WORDS = 300;

/** A listing or a file that has been asked for, as far as it tells of the server's connections. */
export interface SentRequest {
  /** The work state's, when it was asked for. */
  readonly revision: number;
  /** How many were under way at that moment, itself among them: alone it met no limit. */
  readonly together: number;
}

/** Listings and files without an answer. */
export function requestsUnderWay({ root }: Work): number {
  const listings = root.waves.reduce((sum, { pending }) => sum + pending.length, 0);
  return root.transfers.reduce((sum, { files }) => sum + files, listings);
}

/** How many listings and files may still be started; infinite where the connector's own limit is all there is. */
export function roomForRequests(work: Work): number {
  const atOnce = work.root.fewerConnections?.atOnce ?? Number.POSITIVE_INFINITY;
  return Math.max(0, atOnce - requestsUnderWay(work));
}

/** The server has answered a request, whatever it said. After enough answers the run tries more at a time again. */
export function noteAnswer({ env }: Slice, { root }: Work, { revision }: SentRequest): void {
  const fewer = root.fewerConnections;
  if (fewer === undefined || revision < fewer.since) {
    return;
  }
  fewer.answered += 1;
  fewer.inARow += 1;
  if (fewer.inARow >= SUCCESSES_THAT_CLEAR) {
    fewer.failed = 0;
  }
  if (fewer.isGivenUp) {
    // It is back, and takes no more than before.
    allow(root, { ...fewer, isGivenUp: false, isTrial: false }, fewer.fewest);
  } else if (fewer.atOnce !== undefined) {
    fewer.isConfirmed = true;
    if (fewer.answered >= fewer.trialAfter) {
      const more = fewer.atOnce * 2;
      const trialAfter = fewer.isTrial ? FIRST_TRIAL_AFTER : fewer.trialAfter;
      allow(root, { ...fewer, isTrial: true, trialAfter }, more < env.maxConcurrentConnections ? more : undefined);
    }
  }
}

/**
 * A request failed for its connection. Where others are answered at the same time, the server may take fewer connections than
 * the connector makes: the run goes on with half as many requests at a time. Where none is any more, the server is gone, and
 * the run goes on as without a limit.
 * @returns whether it was sent while more were under way than may be now: it then says nothing, and costs no attempt.
 */
export function noteLostConnection(
  { env }: Slice,
  { root }: Work,
  { revision, together }: SentRequest,
  { detail }: FailureCause,
): boolean {
  root.fewerConnections ??= firstLoss(root, detail);
  const fewer = root.fewerConnections;
  if (revision < fewer.since) {
    return true;
  }
  if (fewer.isGivenUp) {
    return false;
  }
  fewer.failed += 1;
  fewer.inARow = Math.min(0, fewer.inARow) - 1;
  const atOnce = fewer.atOnce ?? env.maxConcurrentConnections;
  const isLimit = fewer.answered > 0 && fewer.failed >= FAILURES_OF_A_LIMIT && atOnce > 1 && together > 1;
  if (-fewer.inARow >= FAILURES_OF_THE_SERVER) {
    allow(root, { ...fewer, isGivenUp: true }, undefined);
  } else if (isLimit) {
    halve(root, fewer, atOnce);
    logger.warn("connections fail while others work: fewer requests at a time", { before: atOnce, words: fewer.words });
    return true;
  }
  return false;
}

function halve(root: Root, fewer: FewerConnections, atOnce: number): void {
  const half = Math.floor(atOnce / 2);
  const fewest = Math.min(fewer.fewest ?? half, half);
  const trialAfter = fewer.isTrial ? fewer.trialAfter * TRIAL_GROWTH : fewer.trialAfter;
  allow(root, { ...fewer, fewest, trialAfter, isTrial: false }, half);
}

/** What was answered before speaks for the server too. */
function firstLoss({ counters: { foldersListed, transferred } }: Root, detail: string): FewerConnections {
  return {
    since: 0,
    answered: foldersListed + transferred,
    failed: 0,
    inARow: 0,
    trialAfter: FIRST_TRIAL_AFTER,
    isTrial: false,
    isConfirmed: false,
    isGivenUp: false,
    words: oneLine(detail, MAX_WORDS),
  };
}

/** From now on so many at a time. What is asked for from here on has this revision, or a later one. */
function allow(root: Root, fewer: FewerConnections, atOnce: number | undefined): void {
  root.fewerConnections = { ...fewer, atOnce, since: root.revision, answered: 0, failed: 0, inARow: 0 };
}

/** What the report says of it, with the setting that spares the next run the trouble. */
export function connectionWarnings({ fewerConnections: fewer }: Root): string[] {
  return fewer?.fewest === undefined || !fewer.isConfirmed
    ? []
    : [
        `Connections to the server failed while others worked (${fewer.words}). The run went on with fewer requests at a time, down to ` +
          `${fewer.fewest}, which is slower. Where the server takes only so many connections, set MaxConcurrentConnections: ` +
          `${fewer.fewest} in the definition`,
      ];
}
