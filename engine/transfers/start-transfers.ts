import { inParallel } from "../../config/in-parallel";
import { destinationDirectory, joinPath } from "../../contract/file-place";
import { countLiveRuns } from "../lock/lock";
import type { Slice } from "../slice";
import { requestsUnderWay, roomForRequests } from "../work/fewer-connections";
import type { Batch, StartedBatch } from "../work/items";
import { isPaused, pauseIfPostponed } from "../work/pause";
import type { Work } from "../work/work";

/** Calls announced by one intent: what a crash between intent and ids can put in doubt. */
const CALLS_PER_INTENT = 10;

/**
 * Calls under way at once, as many as a connector has connections by default. One after the other they take longer than small
 * files do. AWS documents no limit for them; where there is one, the pause after a refusal holds.
 */
const CALLS_AT_ONCE = 5;

/** What is written of a call until its answer is there. */
const NOT_MADE: StartedBatch = { status: "refused" };
const NOT_ANSWERED: StartedBatch = { status: "unknown", message: "the function ended without an answer" };

/**
 * Starts transfers while the connector's queue has room for this run's share. Each group of calls is written down as an
 * intent and passes the fence first; their ids are written after.
 * @returns how many calls were made.
 */
export async function startTransfers(slice: Slice, work: Work): Promise<number> {
  const { services, env, context, until } = slice;
  if (work.batches.length === 0) {
    return 0;
  }
  const share = Math.floor(env.connectorLimits.pendingFiles / (await countLiveRuns(services, context, env)));
  let calls = 0;
  while (!isPaused(work.root, services.clock) && services.clock.now() < until) {
    const group = await takeGroup(work, share - filesInFlight(work));
    if (group.length === 0) {
      break;
    }
    calls += await startGroup(slice, work, group, calls === 0);
  }
  return calls;
}

/** Files in transfers without a terminal status, an earlier run's among them: they occupy the connector's queue. */
export function filesInFlight({ root }: Work): number {
  return root.transfers.reduce((sum, { files }) => sum + files, 0);
}

/**
 * Whole batches only: splitting one for the queue's sake would cost a call. Where just a few requests may be under way, it
 * is worth that.
 */
async function takeGroup(work: Work, room: number): Promise<Batch[]> {
  const group: Batch[] = [];
  let free = room;
  let requests = roomForRequests(work);
  while (group.length < CALLS_PER_INTENT && requests > 0) {
    const next = await work.batches.peek();
    const fits = next !== undefined && (next.files.length <= free || filesInFlight(work) + group.length === 0);
    if (!fits) {
      break;
    }
    await work.batches.shift();
    const batch = { ...next, files: next.files.slice(0, requests) };
    const later = next.files.slice(batch.files.length);
    work.batches.append(later.length === 0 ? [] : [{ ...next, files: later }]);
    group.push(batch);
    free -= batch.files.length;
    requests -= batch.files.length;
  }
  return group;
}

/** @param isFirst of the slice: one call goes ahead alone, since the service may refuse it. */
async function startGroup(slice: Slice, work: Work, batches: Batch[], isFirst: boolean): Promise<number> {
  const { services, context } = slice;
  const { BucketName, Prefix } = context.sync.LocalRepository;
  const key = await work.writeIntent({ destination: { bucket: BucketName, prefix: Prefix }, batches });
  const files = batches.reduce((sum, batch) => sum + batch.files.length, 0);
  work.root.transfers.push({
    key,
    startedAt: services.clock.now().toISOString(),
    revision: work.root.revision,
    together: requestsUnderWay(work) + files,
    pending: batches.map((_, index) => index),
    files,
    queued: false,
  });
  await work.commit();
  const started = batches.map(() => NOT_MADE);
  const start = async ([index, batch]: [number, Batch]) => {
    // Calls that nobody answers take long: the rest of them is left, for the ids of all to be written down in time.
    if (index === 0 || services.clock.now() < slice.until) {
      started[index] = NOT_ANSWERED;
      started[index] = await startBatch(slice, work, batch);
    }
  };
  try {
    const calls = [...batches.entries()];
    await inParallel(isFirst ? calls.splice(0, 1) : [], 1, start);
    await inParallel(calls, CALLS_AT_ONCE, start);
  } finally {
    // Also when a call ends the run: the ids of the others must not be lost.
    await work.writeStarted(key, started);
  }
  return batches.length;
}

async function startBatch(slice: Slice, work: Work, { folder, files }: Batch): Promise<StartedBatch> {
  const { services, context } = slice;
  if (isPaused(work.root, services.clock)) {
    return { status: "refused" };
  }
  const { BucketName, Prefix } = context.sync.LocalRepository;
  const outcome = await services.connector.startTransfer({
    connectorId: context.event.Connector,
    paths: files.map(({ name }) => joinPath(folder, name)),
    destination: destinationDirectory(BucketName, Prefix, folder),
  });
  return pauseIfPostponed(work, slice, outcome) ? { status: "refused" } : outcome;
}
