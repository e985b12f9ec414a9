import { inParallel } from "../../config/in-parallel";
import { joinPath } from "../../contract/file-place";
import { LISTING_COMPLETED_SUFFIX, LISTING_EMPTY_SUFFIX, LISTING_FAILED_SUFFIX } from "../../contract/layout";
import { takeMissingFolder } from "../absence/missing-folder";
import { mayPass, remoteFailure } from "../failures/remote-failure";
import type { Clock } from "../ports/services";
import type { Slice } from "../slice";
import { jsonOrNothing } from "../stored-json";
import { noteAnswer, noteLostConnection } from "../work/fewer-connections";
import type { StartedListing } from "../work/items";
import type { Wave } from "../work/root";
import { countEntries, takeFolders } from "../work/run-limits";
import { recordFolderFailure, skipUnsupported } from "../work/tally";
import type { Work } from "../work/work";
import { type FailedListing, failedListingSchema } from "./failed-listing";
import { entriesOf, type FolderListing, isFollowed } from "./folder-listing";
import { pathFilter } from "./path-filter";
import { type ReadListing, readListing } from "./read-listing";
import { relativePath } from "./remote-path";
import { repeatListing, secondsToAnswer } from "./repeat-listing";

/** Folders in memory from which on they are written down: those of a whole wave need not fit. */
const MAX_UNWRITTEN_FOLDERS = 10_000;

/** Listings read at once; each may have `connectorLimits.maxListingItems` entries, which all lie in memory. */
const READS_AT_ONCE = 5;

/** A connector says that a listing is completed once its output is in S3, as far as anybody knows. */
const OUTPUT_GRACE_SECONDS = 60;

/** Takes in the outputs and failures that have arrived, wave by wave, the oldest first. */
export async function collectListings(slice: Slice, work: Work): Promise<void> {
  let answered = 0;
  for (const wave of work.root.waves) {
    answered += await collectWave(slice, work, wave);
    if (slice.services.clock.now() >= slice.until) {
      break;
    }
  }
  if (answered > 0) {
    await commitAnswers(work);
  }
}

/** What is there of a wave's answers. */
interface Arrived {
  readonly wave: Wave;
  /** Where its answers lie. */
  readonly folder: string;
  readonly listings: readonly StartedListing[];
  /** When what lies there was written, by name. */
  readonly times: ReadonlyMap<string, Date>;
  /** For how long the connector could have answered, and has not. */
  readonly silence: number;
}

/** `later`: it was answered, and taking that in needs another slice. */
type Taken = "answered" | "unanswered" | "later";

/** @returns how many listings of the wave were answered. */
async function collectWave(slice: Slice, work: Work, wave: Wave): Promise<number> {
  const { services, until } = slice;
  const arrived = await arrivedOf(slice, work, wave);
  const asked = wave.pending;
  const answered = () => asked.length - wave.pending.length;
  for (let start = 0; start < asked.length; start += READS_AT_ONCE) {
    const some = asked.slice(start, start + READS_AT_ONCE);
    const reads = await inParallel(some, READS_AT_ONCE, (index) => readArrived(slice, arrived, index));
    for (const [at, index] of some.entries()) {
      const listing = arrived.listings[index];
      if (listing === undefined || services.clock.now() >= until) {
        return answered();
      }
      const taken = await takeAnswer(slice, work, arrived, listing, reads[at]);
      if (taken === "later") {
        return answered();
      }
      if (taken === "answered") {
        wave.pending = wave.pending.filter((pending) => pending !== index);
        if (work.frontier.unwritten >= MAX_UNWRITTEN_FOLDERS) {
          await commitAnswers(work);
        }
      }
    }
  }
  return answered();
}

async function arrivedOf({ services, context }: Slice, work: Work, wave: Wave): Promise<Arrived> {
  const folder = `${work.listingsFolder(wave.id)}/`;
  const times = new Map<string, Date>();
  for await (const { key, lastModified } of services.objects.list(context.bucket, folder)) {
    times.set(key.slice(folder.length), lastModified);
  }
  const listings = await work.readWave(wave.id);
  return { wave, folder, listings, times, silence: secondsOfSilence(work, wave, services.clock) };
}

/** The listing, where it has arrived, and its folders are to be listed too. */
async function readArrived(
  slice: Slice,
  { folder, listings, times }: Arrived,
  index: number,
): Promise<ReadListing | undefined> {
  const listing = listings[index];
  return listing !== undefined && times.has(listing.file)
    ? readFollowed(slice, listing, folder + listing.file)
    : undefined;
}

async function takeAnswer(
  slice: Slice,
  work: Work,
  { wave, folder, times, silence }: Arrived,
  listing: StartedListing,
  read: ReadListing | undefined,
): Promise<Taken> {
  const { services, env } = slice;
  const toAnswer = secondsToAnswer(env.timeouts.listing, listing.attempt);
  const completedAt = times.get(listing.file + LISTING_COMPLETED_SUFFIX);
  if (times.has(listing.file)) {
    takeListing(slice, work, wave, { item: listing, key: folder + listing.file, read });
    noteAnswer(slice, work, wave);
  } else if (times.has(listing.file + LISTING_FAILED_SUFFIX)) {
    return (await takeFailure(slice, work, wave, listing)) ? "answered" : "later";
  } else if (times.has(listing.file + LISTING_EMPTY_SUFFIX)) {
    const key = folder + listing.file + LISTING_EMPTY_SUFFIX;
    takeListing(slice, work, wave, { item: listing, key, read: await readFollowed(slice, listing, key) });
    noteAnswer(slice, work, wave);
  } else if (completedAt !== undefined && isOverdue(completedAt, toAnswer, services.clock)) {
    const detail = "the connector calls the listing completed, and has written none";
    repeatListing(slice, work, listing, { error: "ListingFailed", cause: { kind: "no-result", detail } });
  } else if (silence > toAnswer) {
    const detail = `neither a listing nor a failure event within ${Math.round(toAnswer)} seconds`;
    repeatListing(slice, work, listing, { error: "ListingTimedOut", cause: { kind: "no-result", detail } });
  } else {
    return "unanswered";
  }
  return "answered";
}

/** @returns nothing where the folders in it are not to be listed. */
async function readFollowed(
  { services, context }: Slice,
  { folder, depth }: StartedListing,
  key: string,
): Promise<ReadListing | undefined> {
  return isFollowed(context.sync, depth) ? readListing(services.objects, context.bucket, key, folder) : undefined;
}

/**
 * For how long the connector could have answered, and has not. It may work off listings behind transfers: while any are in
 * flight, only the run's deadline counts. A dry run has none of its own, and does not wait for those of others.
 */
function secondsOfSilence({ root, context }: Work, { startedAt }: Wave, clock: Clock): number {
  if (root.transfers.length > 0 && !context.event.DryRun) {
    return 0;
  }
  const since = Math.max(Date.parse(startedAt), Date.parse(root.transfersSeenAt ?? startedAt));
  return (clock.now().getTime() - since) / 1000;
}

async function commitAnswers(work: Work): Promise<void> {
  const { root } = work;
  root.waves = root.waves.filter(({ pending }) => pending.length > 0);
  await work.commit();
}

/** Whether the output of a listing that is called completed is not expected any more. */
function isOverdue(completedAt: Date, secondsToAnswer: number, clock: Clock): boolean {
  const seconds = (clock.now().getTime() - completedAt.getTime()) / 1000;
  return seconds > Math.min(OUTPUT_GRACE_SECONDS, secondsToAnswer);
}

interface TakenListing {
  readonly item: StartedListing;
  readonly key: string;
  /** Absent where the folders in it are not to be listed. */
  readonly read: ReadListing | undefined;
}

function takeListing(slice: Slice, work: Work, wave: Wave, { item, key, read }: TakenListing): void {
  if (read !== undefined && "problem" in read) {
    recordFolderFailure(work, item.folder, "ListingFailed", { kind: "unusable-listing", detail: read.problem });
    return;
  }
  if (read !== undefined) {
    countEntries(work, slice.env.runLimits, entriesOf(read.listing));
    takeFolders(work, slice.env.runLimits, childFolders(slice, work, item, read.listing));
  }
  work.root.counters.foldersListed += 1;
  work.folders.append([{ folder: item.folder, depth: item.depth, listing: key, startedAt: wave.startedAt }]);
}

/** Direct children only, and so no walk can go in circles; what else a listing calls a folder is counted and left. */
function childFolders({ context }: Slice, work: Work, { folder, depth }: StartedListing, listing: FolderListing) {
  const { Include, Exclude } = context.sync.RemoteFolders;
  const filter = pathFilter(Include, Exclude);
  skipUnsupported(work, listing.strangers.folders);
  const wanted = listing.folders
    .map((name) => joinPath(folder, name))
    .filter((path) => filter.folder(relativePath(work.root.folder, path)));
  work.root.counters.foldersSpared += listing.folders.length - wanted.length;
  return wanted.map((path) => ({ folder: path, depth: depth + 1, attempt: 0 }));
}

/** What cannot be read is a failure all the same, of which nothing is known. */
function readFailure(text = ""): FailedListing {
  return failedListingSchema.safeParse(jsonOrNothing(text)).data ?? {};
}

/** @returns whether it is done with. */
async function takeFailure(slice: Slice, work: Work, wave: Wave, item: StartedListing): Promise<boolean> {
  const { services, context } = slice;
  const key = `${work.listingsFolder(wave.id)}/${item.file}${LISTING_FAILED_SUFFIX}`;
  const stored = await services.objects.read(context.bucket, key);
  const { code, message } = readFailure(stored?.text);
  const failure = remoteFailure({ path: item.folder, code, message });
  if (failure.kind !== "connection") {
    noteAnswer(slice, work, wave);
  }
  if (failure.kind === "not-found") {
    return takeMissingFolder(slice, work, { ...item, failure, at: wave.startedAt });
  }
  if (mayPass(failure.kind)) {
    const isFree = failure.kind === "connection" && noteLostConnection(slice, work, wave, failure);
    repeatListing(slice, work, item, { error: "ListingFailed", cause: failure, counts: !isFree });
  } else {
    recordFolderFailure(work, item.folder, "ListingFailed", failure);
  }
  return true;
}
