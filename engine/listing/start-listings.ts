import { isSupportedPath } from "../../contract/file-place";
import { countLiveRuns } from "../lock/lock";
import type { Slice } from "../slice";
import { requestsUnderWay } from "../work/fewer-connections";
import type { FrontierItem, StartedListing } from "../work/items";
import { pauseIfPostponed } from "../work/pause";
import { recordFolderFailure, skipUnsupported } from "../work/tally";
import type { Work } from "../work/work";
import { LISTING_SECONDS } from "./listing-seconds";
import { dueFolders, foldersToList, nextListingAt, roomForListings } from "./next-listing";

/** For less the loop cannot wait: a slice does. */
const SHORTEST_WAIT_MILLISECONDS = 1000;

/** Starts listings for folders on the frontier, within this run's share of the listing rate. */
export async function startListings(slice: Slice, work: Work): Promise<void> {
  const { services, env, context } = slice;
  const { root } = work;
  const at = await nextListingAt(work);
  const isHeld = root.error !== undefined || root.notReadySince !== undefined;
  if (isHeld || at === undefined || !(await waitFor(slice, at, SHORTEST_WAIT_MILLISECONDS))) {
    await commitChanges(work);
    return;
  }
  const rate = env.connectorLimits.listingsPerSecond / (await countLiveRuns(services, context, env));
  const count = Math.min(foldersToList(work), roomForListings(work), Math.max(1, Math.floor(rate * LISTING_SECONDS)));
  // The fence: a zombie of this slice stops here, before it spends listings.
  await work.commit();
  const wave = work.newId();
  const startedAt = services.clock.now().toISOString();
  const started = await startWave(slice, work, wave, count, 1000 / rate);
  if (started.length > 0) {
    await work.writeWave(started, wave);
    const together = requestsUnderWay(work) + started.length;
    root.waves.push({
      id: wave,
      startedAt,
      revision: root.revision,
      together,
      pending: started.map((_, index) => index),
    });
  }
  await work.commit();
}

async function startWave(
  slice: Slice,
  work: Work,
  wave: string,
  count: number,
  intervalMilliseconds: number,
): Promise<StartedListing[]> {
  const { services, env, context, until } = slice;
  const started: StartedListing[] = [];
  for (let index = 0; index < count && services.clock.now() < until; index += 1) {
    const folders = await dueFolders(work, services.clock);
    const item = await folders?.peek();
    if (folders === undefined || item === undefined) {
      break;
    }
    if (!isSupportedPath(item.folder)) {
      skipUnsupported(work, [item.folder]);
      await folders.shift();
      continue;
    }
    const turn = new Date(work.root.listingsPacedUntil ?? 0);
    if (!(await waitFor(slice, turn, LISTING_SECONDS * 1000))) {
      break;
    }
    // Written down for the next slice: the loop waits for it outside of a Lambda.
    const pacedUntil = services.clock.now().getTime() + Math.ceil(intervalMilliseconds);
    work.root.listingsPacedUntil = new Date(pacedUntil).toISOString();
    const outcome = await services.connector.startListing({
      connectorId: context.event.Connector,
      folder: item.folder,
      outputDirectory: `/${context.bucket}/${work.listingsFolder(wave)}`,
      maxItems: env.connectorLimits.maxListingItems,
    });
    if (pauseIfPostponed(work, slice, outcome)) {
      break;
    }
    await folders.shift();
    const { folder, depth, attempt } = item;
    if (outcome.status === "started") {
      started.push({ folder, depth, attempt, file: outcome.id });
    } else if (outcome.status === "rejected") {
      const detail = `${outcome.name}: ${outcome.message}`;
      recordFolderFailure(work, folder, "ListingFailed", { kind: "rejected", detail });
    } else {
      repeatLater(slice, work, item, outcome.message);
    }
  }
  return started;
}

/** @returns whether the time came within the slice and within so long; it never sleeps beyond either. */
async function waitFor({ services: { clock }, until }: Slice, at: Date, longest: number): Promise<boolean> {
  const milliseconds = at.getTime() - clock.now().getTime();
  if (milliseconds > longest || at >= until) {
    return false;
  }
  await clock.sleep(Math.max(0, milliseconds));
  return true;
}

/**
 * A lost answer costs a repeated listing, nothing else: the folder goes back to the frontier. But one whose listing the
 * service never answers must not keep the run, and the runs after it, from ending.
 */
function repeatLater({ services, env }: Slice, work: Work, item: FrontierItem, message: string): void {
  const now = services.clock.now();
  const { folder, depth, attempt, lostAt = now.toISOString() } = item;
  if (now.getTime() - Date.parse(lostAt) > env.timeouts.listing * 1000) {
    const detail = `no call to list it was answered within ${env.timeouts.listing} seconds: ${message}`;
    recordFolderFailure(work, folder, "ListingFailed", { kind: "unanswered", detail });
  } else {
    work.frontier.append([{ folder, depth, attempt, lostAt }]);
  }
}

async function commitChanges(work: Work): Promise<void> {
  if (work.root.error !== undefined) {
    await work.commit();
  }
}
