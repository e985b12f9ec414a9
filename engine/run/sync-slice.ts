import { FolderDecisions } from "../decisions/decide-folder";
import { ledgersOfRun } from "../ledger/ledgers-of-run";
import { foldersToList } from "../listing/next-listing";
import type { Slice, SliceResult } from "../slice";
import { recordResults } from "../transfers/record-results";
import { startTransfers } from "../transfers/start-transfers";
import { NO_RESULTS, TransferResults } from "../transfers/transfer-results";
import type { Work } from "../work/work";
import { handOver } from "./hand-over";
import { type Movement, nextWait } from "./wait";

/** Reads results, decides, and starts transfers, as far as something can be done at once and within the slice's time. */
export async function syncSlice(slice: Slice, work: Work): Promise<SliceResult> {
  const { root } = work;
  const { services, context, env } = slice;
  if (root.part > context.part) {
    return handOver(slice, work);
  }
  const ledgers = ledgersOfRun(slice, work);
  const dryRun = context.event.DryRun;
  const results = new TransferResults(slice, work);
  const decisions = new FolderDecisions(slice, work, ledgers);
  const readBefore = root.resultsReadAt ?? services.clock.now().toISOString();
  let verified = 0;
  let moved = false;
  let isMoreAtHand = true;
  while (isMoreAtHand && services.clock.now() < slice.until) {
    root.resultsReadAt = services.clock.now().toISOString();
    if (!dryRun && root.transfers.length > 0) {
      root.transfersSeenAt = root.resultsReadAt;
    }
    const round = dryRun || root.notReadySince !== undefined ? NO_RESULTS : await results.read();
    verified += await recordResults(slice, work, ledgers, round);
    const decided = isEnding(root) || isReconciling(work) ? 0 : await decisions.next();
    const started = isEnding(root) || dryRun ? 0 : await startTransfers(slice, work);
    if (round.settled > 0 || decided > 0 || started > 0) {
      moved = true;
      await work.commit();
    }
    // Not for results that trickle in: where the queue is full, they can wait.
    isMoreAtHand = round.isCutShort || (decided > 0 && work.folders.length > 0 && work.batches.length === 0);
  }
  const done = isDone(work);
  const readAt = root.resultsReadAt ?? readBefore;
  const movement: Movement = {
    verified,
    seconds: secondsBetween(readBefore, readAt),
    secondsAgo: secondsBetween(readAt, services.clock.now().toISOString()),
    any: moved,
    cutShort: isMoreAtHand || decisions.isCutShort,
  };
  root.lastWait = done ? 0 : await nextWait(work, slice, movement);
  root.rounds += 1;
  if (!done && root.rounds >= env.roundsPerExecution) {
    return handOver(slice, work);
  }
  if (!done) {
    await work.commit();
  }
  return { Status: done ? "DONE" : "RUNNING", WaitSeconds: root.lastWait };
}

function secondsBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / 1000;
}

function isEnding({ error }: Work["root"]): boolean {
  return error !== undefined;
}

/**
 * While transfers of an earlier run are in flight, nothing is decided: their files are not known to any ledger yet. A dry
 * run leaves them to the next real one.
 */
function isReconciling(work: Work): boolean {
  return !work.context.event.DryRun && work.root.transfers.some((transfer) => !work.isOwn(transfer));
}

function isDone(work: Work): boolean {
  const { root } = work;
  return (
    isEnding(root) ||
    (foldersToList(work) === 0 &&
      work.folders.length === 0 &&
      work.batches.length === 0 &&
      root.waves.length === 0 &&
      (root.transfers.length === 0 || work.context.event.DryRun))
  );
}
