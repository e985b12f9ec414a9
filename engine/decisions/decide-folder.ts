import { joinPath, supportedIn } from "../../contract/file-place";
import { type AbsentFiles, absentFiles } from "../absence/absent-files";
import { RemovedFolders } from "../absence/removed-folders";
import { usesModifiedTime } from "../change-window";
import type { FolderLedger, FolderState, VerifiedFile } from "../ledger/ledger";
import type { FolderLedgers } from "../ledger/ledgers";
import { entriesOf, type FolderListing, isFollowed } from "../listing/folder-listing";
import { pathFilter } from "../listing/path-filter";
import { readListing } from "../listing/read-listing";
import { relativePath } from "../listing/remote-path";
import { UNCOPYABLE } from "../skip-reasons";
import type { Slice } from "../slice";
import { lookUpInTarget } from "../target/target-objects";
import { batchesOf } from "../transfers/batches";
import { type FileItem, type ListedFolder, reportedFile } from "../work/items";
import { countEntries, takeBytes } from "../work/run-limits";
import {
  named,
  planCalls,
  planFile,
  recordFolderFailure,
  recordTruncatedFolder,
  skipEntries,
  skipFile,
  skipUnsupported,
  tellOfUncopyable,
  warnOnce,
} from "../work/tally";
import type { Work } from "../work/work";
import type { DecisionPolicy, ObjectPolicy } from "./decide";
import { type DecidedFile, decideFiles } from "./decide-files";
import { ledgerChanges } from "./ledger-changes";
import { shiftedTimes } from "./shifted-times";

/** Batches decided ahead of the queue's room: enough to fill a connector's queue of 1,000 files. */
const MAX_BATCHES_AHEAD = 100;

const NOTHING_ABSENT = { changes: { gone: new Map(), unverified: new Map() } };

function uncopyable(folder: string, decided: readonly DecidedFile[]): string[] {
  return decided
    .filter(({ decision }) => decision.action === "skip" && UNCOPYABLE.includes(decision.reason))
    .map(({ file }) => joinPath(folder, file.name));
}

/** Decides folder by folder what is to be transferred, and what the ledger can learn at once. */
export class FolderDecisions {
  /** The slice's time was up before a folder could be decided. */
  isCutShort = false;
  private readonly filter;
  private readonly removed;

  constructor(
    private readonly slice: Slice,
    private readonly work: Work,
    private readonly ledgers: FolderLedgers,
  ) {
    const { Include, Exclude } = slice.context.sync.RemoteFolders;
    this.filter = pathFilter(Include, Exclude);
    this.removed = new RemovedFolders(slice, work, ledgers);
  }

  /**
   * Decides as long as there is time, or as half of it once something waits to be sent: a few changes in a large tree are
   * not to wait for the whole of it.
   * @returns how many folders were decided.
   */
  async next(): Promise<number> {
    const { services, until } = this.slice;
    const { clock } = services;
    const half = new Date((clock.now().getTime() + until.getTime()) / 2);
    const { batches } = this.work;
    let decided = 0;
    while (batches.length < MAX_BATCHES_AHEAD && clock.now() < (batches.length > 0 ? half : until)) {
      const folder = await this.work.folders.peek();
      if (folder === undefined) {
        break;
      }
      if (!(await this.decideFolder(folder))) {
        this.isCutShort = true;
        break;
      }
      await this.work.folders.shift();
      decided += 1;
    }
    return decided;
  }

  /** @returns whether it is decided: forgetting what is gone may take longer than the slice. */
  private async decideFolder({ folder, depth, listing: key, startedAt }: ListedFolder): Promise<boolean> {
    const { services, context } = this.slice;
    const read = await readListing(services.objects, context.bucket, key, folder);
    if ("problem" in read) {
      this.work.root.counters.foldersListed -= 1;
      recordFolderFailure(this.work, folder, "ListingFailed", { kind: "unusable-listing", detail: read.problem });
      return true;
    }
    const { listing } = read;
    const ledger = await this.ledgers.read(folder);
    const folders = context.event.DryRun ? ledger.folders : await this.foldersIn(folder, listing, ledger, startedAt);
    if (folders === undefined) {
      return false;
    }
    this.noteLimits(folder, depth, listing);
    const { files } = listing;
    skipUnsupported(this.work, listing.strangers.files);
    this.skipOthers(folder, listing.others);
    const shifted = this.shifted(folder, files, ledger, new Date(startedAt));
    const wanted = await this.decided(folder, files, shifted, ledger, startedAt);
    const decided = wanted.map((one) => this.withinBytes(one));
    tellOfUncopyable(this.work, uncopyable(folder, decided));
    const transfers = this.count(folder, decided);
    const batches = batchesOf(folder, transfers, 0);
    if (context.event.DryRun) {
      planCalls(this.work, batches.length);
      this.work.noteFiles(transfers.map((file) => reportedFile(folder, file)));
      await this.work.writeFiles();
      return true;
    }
    const absent = await this.absent(folder, listing, ledger, startedAt);
    const changes = ledgerChanges(decided, ledger, { at: startedAt, shifted, absent: absent.changes, folders });
    if (changes !== undefined) {
      await this.ledgers.record(folder, changes);
    }
    this.work.batches.append(batches);
    return true;
  }

  /** A truncated listing says nothing about what it does not name. */
  private async absent(
    folder: string,
    { files, truncated }: FolderListing,
    ledger: FolderLedger,
    startedAt: string,
  ): Promise<Pick<AbsentFiles, "changes">> {
    const isAllListed =
      ledger.marks.size === 0 && files.filter(({ name }) => ledger.files.has(name)).length === ledger.files.size;
    if (truncated || isAllListed) {
      return NOTHING_ABSENT;
    }
    const listed = new Set(files.map(({ name }) => name));
    return absentFiles(this.slice, this.work, folder, ledger, (name) => listed.has(name), startedAt);
  }

  /** Counts what is neither a file nor a folder; what is excluded is of no interest. */
  private skipOthers(folder: string, names: readonly string[]): void {
    const paths = names.map((name) => joinPath(folder, name));
    const wanted: string[] = [];
    const excluded: string[] = [];
    for (const path of paths) {
      (this.filter.file(relativePath(this.work.root.folder, path)) ? wanted : excluded).push(path);
    }
    skipEntries(this.work, "excluded", named(excluded));
    skipEntries(this.work, "not-a-file", named(wanted));
    for (const path of wanted.slice(0, 1)) {
      warnOnce(
        this.work,
        "Some entries are neither files nor folders: pipes, sockets, devices, or links that lead nowhere. They were left out; a " +
          "connector on AWS may list them as files and fail to fetch them. Leave them out by Exclude",
        relativePath(this.work.root.folder, path),
      );
    }
  }

  /**
   * The folders in this one, as its ledger is to know them, once what was known below removed ones is forgotten. That they
   * are removed is written down first: should they be back before all of it is done, the rest is forgotten all the same.
   * @returns `undefined` where the time was up before.
   */
  private async foldersIn(
    folder: string,
    { folders: names, truncated }: FolderListing,
    ledger: FolderLedger,
    at: string,
  ): Promise<ReadonlyMap<string, FolderState> | undefined> {
    if (!this.slice.context.sync.RemoteFolders.Recursive || usesModifiedTime(this.slice.context)) {
      return ledger.folders;
    }
    const named = new Set(names);
    const before = [...ledger.folders];
    const present = new Map<string, FolderState>([...named].map((name) => [name, "present"]));
    const all = new Map([...(truncated ? before : []), ...present]);
    const removed = before.flatMap(([name, state]) => (state === "removed" || !all.has(name) ? [name] : []));
    if (removed.length === 0) {
      return all;
    }
    const marked = new Map([...before, ...removed.map((name): [string, FolderState] => [name, "removed"])]);
    if (before.some(([name, state]) => state !== marked.get(name))) {
      await this.ledgers.record(folder, { folders: marked });
    }
    const { isFinished, left } = await this.removed.forgetChildren(folder, removed, at, (name) => named.has(name));
    if (!isFinished) {
      await this.ledgers.record(folder, { folders: new Map([...all, ...left]) });
      return undefined;
    }
    return new Map([...all, ...[...left].filter(([name]) => !named.has(name))]);
  }

  /** What the ledger says of the files, their times moved as far as the server has moved all of them. */
  private shifted(
    folder: string,
    files: readonly FileItem[],
    ledger: FolderLedger,
    listedAt: Date,
  ): ReadonlyMap<string, VerifiedFile> {
    if (this.slice.context.sync.ShiftedTimes === "copy") {
      return new Map();
    }
    const shifted = shiftedTimes(files, ledger, listedAt);
    if (shifted.size > 0) {
      warnOnce(
        this.work,
        "All known times of a folder have moved alike, as when a server's clocks change, and nothing of it was copied. Where " +
          "its files have changed, set ShiftedTimes: copy, and deliver them again. It is so in folders",
        folder,
      );
    }
    return shifted;
  }

  private async decided(
    folder: string,
    files: readonly FileItem[],
    shifted: ReadonlyMap<string, VerifiedFile>,
    ledger: FolderLedger,
    startedAt: string,
  ): Promise<DecidedFile[]> {
    const known = shifted.size === 0 ? ledger : { ...ledger, files: new Map([...ledger.files, ...shifted]) };
    const decided = await decideFiles(files, known, this.policy(folder, new Date(startedAt)), (names) =>
      lookUpInTarget(this.slice, folder, names),
    );
    if (shifted.size === 0) {
      return decided;
    }
    return decided.map((one) =>
      shifted.has(one.file.name) && one.decision.action === "skip" && one.decision.reason === "unchanged"
        ? { ...one, decision: { action: "skip", reason: "time-shifted" } }
        : one,
    );
  }

  /** Leaves a file to the next run that does not fit into what this one may transfer; smaller ones may. */
  private withinBytes(one: DecidedFile): DecidedFile {
    const fits = one.decision.action !== "transfer" || takeBytes(this.work, this.slice.env.runLimits, one.file);
    return fits ? one : { ...one, decision: { action: "postpone" } };
  }

  /** Notes what the listing did not see, and what is below the depth that is followed; of a folder there, its entries too. */
  private noteLimits(folder: string, depth: number, listing: FolderListing): void {
    const { truncated, folders } = listing;
    const { counters } = this.work.root;
    if (truncated) {
      const { maxListingItems } = this.slice.env.connectorLimits;
      const entries = entriesOf(listing);
      const detail =
        entries < maxListingItems
          ? `the connector ended the listing after ${entries} entries, and says that there are more; the rest was not seen`
          : `the folder has more than ${maxListingItems} entries; the rest was not seen`;
      recordTruncatedFolder(this.work, folder, detail);
    }
    const { sync } = this.slice.context;
    if (!isFollowed(sync, depth)) {
      countEntries(this.work, this.slice.env.runLimits, entriesOf(listing));
      counters.foldersTooDeep += sync.RemoteFolders.Recursive ? folders.length : 0;
    }
  }

  private policy(folder: string, listedAt: Date): DecisionPolicy & ObjectPolicy {
    const { context } = this.slice;
    const { folder: root, windowStart } = this.work.root;
    const below = relativePath(root, joinPath(folder, ""));
    return {
      listedAt,
      now: this.slice.services.clock.now(),
      minimumAgeSeconds: context.sync.MinimumAgeSeconds,
      compares: context.mode.compares,
      fromTimestamp: context.mode.fromTimestamp,
      windowStart: windowStart === undefined ? undefined : new Date(windowStart),
      keepsLedger: !usesModifiedTime(context),
      isSupported: supportedIn(context.sync.LocalRepository, folder),
      isWanted: (name) => this.filter.file(below + name),
    };
  }

  /** @returns the files to transfer. */
  private count(folder: string, decided: readonly DecidedFile[]): FileItem[] {
    const { counters } = this.work.root;
    const transfers: FileItem[] = [];
    for (const { file, decision } of decided) {
      if (decision.action === "skip") {
        skipFile(this.work, decision.reason, folder, file);
        continue;
      }
      counters.seen += 1;
      if (decision.action === "postpone") {
        continue;
      }
      transfers.push(file);
      if (this.slice.context.event.DryRun) {
        planFile(this.work, joinPath(folder, file.name), file.size);
      }
    }
    return transfers;
  }
}
