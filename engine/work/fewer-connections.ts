import { oneLine } from "../../contract/printable";
import type { FailureCause } from "../failures/failure";
import { logger } from "../logger";
import type { Slice } from "../slice";
import type { FewerConnections, Root } from "./root";
import type { Work } from "./work";

/** Failures from which on their number may be the reason: one alone is a matter of that file or folder. */
const FAILURES_OF_A_LIMIT = 2;

/** Failures in a row, for each request that may be under way, after which the number of connections explains nothing. */
const FAILURES_OF_THE_SERVER = 3;

/** Requests that have to get through before a run tries more at a time again. */
const FIRST_TRIAL_AFTER = 20;

/** How many times as many before each further trial: a server that takes no more is not asked for ever. */
const TRIAL_GROWTH = 4;

/** Characters of the service's words in the root, which is to stay small. */
const MAX_WORDS = 300;

/** A listing or a file that has been asked for, as far as it tells of the server's connections. */
export interface SentRequest {
  /** The work state's, when it was asked for. */
  readonly revision: number;
  /** How many were asked for at that moment, itself among them: alone it met no limit. */
  readonly together: number;
}

/** How many listings and files may still be started; infinite where the connector's own limit is all there is. */
export function roomForRequests({ root }: Work): number {
  const atOnce = root.fewerConnections?.atOnce ?? Number.POSITIVE_INFINITY;
  const listings = root.waves.reduce((sum, { pending }) => sum + pending.length, 0);
  const files = root.transfers.reduce((sum, transfer) => sum + transfer.files, 0);
  return Math.max(0, atOnce - listings - files);
}

/** A request got through. After enough of them the run tries more at a time again. */
export function takeSuccess({ env }: Slice, { root }: Work, { revision }: SentRequest): void {
  const fewer = root.fewerConnections;
  if (fewer === undefined || revision < fewer.since) {
    return;
  }
  fewer.succeeded += 1;
  const { atOnce, trialAfter } = fewer;
  if (atOnce === undefined) {
    return;
  }
  fewer.isConfirmed = true;
  if (fewer.succeeded >= trialAfter) {
    const more = atOnce * 2;
    fewer.trialAfter = trialAfter * TRIAL_GROWTH;
    allow(root, fewer, more < env.maxConcurrentConnections ? more : undefined);
  }
}

/**
 * A request failed for its connection. Where others get through, the server may take fewer connections than the connector
 * makes: the run goes on with half as many requests at a time. What then fails in a row is no matter of their number, and
 * the run goes on as before.
 * @returns whether it was sent while more were under way than may be now: it then says nothing, and costs no attempt.
 */
export function takeLostRequest(
  { env }: Slice,
  { root }: Work,
  { revision, together }: SentRequest,
  { detail }: FailureCause,
): boolean {
  root.fewerConnections ??= firstLoss(root, detail);
  const fewer = root.fewerConnections;
  if (fewer.isGivenUp) {
    return false;
  }
  if (revision < fewer.since) {
    return true;
  }
  fewer.failed += 1;
  const atOnce = fewer.atOnce ?? env.maxConcurrentConnections;
  if (fewer.succeeded > 0 && fewer.failed >= FAILURES_OF_A_LIMIT && atOnce > 1 && together > 1) {
    const fewest = Math.floor(atOnce / 2);
    fewer.fewest = Math.min(fewer.fewest ?? fewest, fewest);
    allow(root, fewer, fewest);
    logger.warn("connections fail while others work: fewer requests at a time", { atOnce: fewest, detail });
    return true;
  }
  if (fewer.succeeded === 0 && fewer.failed >= FAILURES_OF_THE_SERVER * atOnce) {
    fewer.isGivenUp = true;
    allow(root, fewer, undefined);
  }
  return false;
}

/** What got through before speaks for the server too. */
function firstLoss({ counters: { foldersListed, transferred } }: Root, detail: string): FewerConnections {
  return {
    since: 0,
    succeeded: foldersListed + transferred,
    failed: 0,
    trialAfter: FIRST_TRIAL_AFTER,
    isConfirmed: false,
    isGivenUp: false,
    words: oneLine(detail, MAX_WORDS),
  };
}

/** From now on so many at a time. What is asked for from here on has this revision, or a later one. */
function allow(root: Root, fewer: FewerConnections, atOnce: number | undefined): void {
  root.fewerConnections = { ...fewer, atOnce, since: root.revision, succeeded: 0, failed: 0 };
}

/** What the report says of it, with the setting that spares the next run the trouble. */
export function connectionWarnings({ fewerConnections: fewer }: Root): string[] {
  return fewer?.fewest === undefined || fewer.isGivenUp || !fewer.isConfirmed
    ? []
    : [
        `Connections to the server failed while others worked (${fewer.words}). The run went on with fewer requests at a time, down to ` +
          `${fewer.fewest}, which is slower. Where the server takes only so many connections, set MaxConcurrentConnections: ` +
          `${fewer.fewest} in the definition`,
      ];
}
