import { isSupportedFile, joinPath, objectKey } from "../../contract/file-place";
import { usesModifiedTime } from "../change-window";
import type { FolderLedgers } from "../ledger/ledger";
import type { FolderListing } from "../listing/folder-listing";
import { pathFilter } from "../listing/path-filter";
import { readListing } from "../listing/read-listing";
import { relativePath } from "../listing/remote-path";
import { UNCOPYABLE } from "../skip-reasons";
import type { Slice } from "../slice";
import { lookUpObjects } from "../target/target-objects";
import { batchesOf } from "../transfers/batches";
import type { FileItem, ListedFolder } from "../work/items";
import {
  recordFolderFailure,
  recordTruncatedFolder,
  skipEntry,
  skipUnsupported,
  tellOfUncopyable,
} from "../work/tally";
import type { Work } from "../work/work";
import type { DecisionPolicy } from "./decide";
import { type DecidedFile, decideFiles } from "./decide-files";
import { ledgerChanges } from "./ledger-changes";

/** Batches decided ahead of the queue's room: enough to fill a connector's queue of 1,000 files. */
const MAX_BATCHES_AHEAD = 100;

function uncopyable(folder: string, decided: readonly DecidedFile[]): string[] {
  return decided
    .filter(({ decision }) => decision.action === "skip" && UNCOPYABLE.includes(decision.reason))
    .map(({ file }) => joinPath(folder, file.name));
}

/** Decides folder by folder what is to be transferred, and what the ledger can learn at once. */
export class FolderDecisions {
  private readonly filter;

  constructor(
    private readonly slice: Slice,
    private readonly work: Work,
    private readonly ledgers: FolderLedgers,
  ) {
    const { Include, Exclude } = slice.context.sync.RemoteFolders;
    this.filter = pathFilter(Include, Exclude);
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
      const folder = await this.work.folders.shift();
      if (folder === undefined) {
        break;
      }
      await this.decideFolder(folder);
      decided += 1;
    }
    return decided;
  }

  private async decideFolder({ folder, depth, listing: key, startedAt }: ListedFolder): Promise<void> {
    const { services, context } = this.slice;
    const read = await readListing(services.objects, context.bucket, key, folder);
    if ("problem" in read) {
      this.work.root.counters.foldersListed -= 1;
      recordFolderFailure(this.work, folder, "ListingFailed", { kind: "unusable-listing", detail: read.problem });
      return;
    }
    const { listing } = read;
    this.noteLimits(folder, depth, listing);
    skipUnsupported(this.work, listing.strangers.files);
    const ledger = await this.ledgers.read(folder);
    const decided = await decideFiles(listing.files, ledger, this.policy(folder, new Date(startedAt)), (names) =>
      this.lookUp(folder, names),
    );
    tellOfUncopyable(this.work, uncopyable(folder, decided));
    const transfers = this.count(decided);
    if (context.event.DryRun) {
      return;
    }
    const changes = ledgerChanges(decided, ledger, listing.truncated, startedAt);
    if (changes !== undefined) {
      await this.ledgers.record(folder, changes);
    }
    this.work.batches.append(batchesOf(folder, transfers, 0));
  }

  /** Notes what the listing did not see, and what is below the depth that is followed. */
  private noteLimits(folder: string, depth: number, { truncated, folders }: FolderListing): void {
    const { counters } = this.work.root;
    if (truncated) {
      const { maxListingItems } = this.slice.env.connectorLimits;
      const detail = `the folder has more than ${maxListingItems} entries; the rest was not seen`;
      recordTruncatedFolder(this.work, folder, detail);
    }
    const { Recursive, MaxDepth } = this.slice.context.sync.RemoteFolders;
    if (Recursive && depth >= MaxDepth) {
      counters.foldersTooDeep += folders.length;
    }
  }

  private async lookUp(folder: string, names: readonly string[]) {
    const { services, context } = this.slice;
    const { BucketName, Prefix } = context.sync.LocalRepository;
    return lookUpObjects(services.objects, BucketName, objectKey(Prefix, joinPath(folder, "")), names);
  }

  private policy(folder: string, listedAt: Date): DecisionPolicy {
    const { context } = this.slice;
    const { folder: root, windowStart } = this.work.root;
    return {
      listedAt,
      minimumAgeSeconds: context.sync.MinimumAgeSeconds,
      compares: context.mode.compares,
      fromTimestamp: context.mode.fromTimestamp,
      windowStart: windowStart === undefined ? undefined : new Date(windowStart),
      keepsLedger: !usesModifiedTime(context),
      isSupported: (name) => isSupportedFile(context.sync.LocalRepository, folder, name),
      isWanted: (name) => this.filter.file(relativePath(root, joinPath(folder, name))),
    };
  }

  /** @returns the files to transfer. */
  private count(decided: readonly DecidedFile[]): FileItem[] {
    const { counters } = this.work.root;
    const transfers: FileItem[] = [];
    for (const { file, decision } of decided) {
      if (decision.action === "skip") {
        skipEntry(this.work, decision.reason);
        continue;
      }
      counters.seen += 1;
      transfers.push(file);
      if (this.slice.context.event.DryRun) {
        counters.wouldTransfer += 1;
        counters.bytes += file.size ?? 0;
      }
    }
    return transfers;
  }
}
