import { batchesOf } from "../shared/batches";
import { usesModifiedTime } from "../shared/change-window";
import { type Decision, type DecisionPolicy, decide, decideByObject, type SkipReason } from "../shared/decide";
import type { FolderLedger, FolderLedgers, LedgerEntry } from "../shared/ledger";
import { type Listing, parseListing } from "../shared/listing-file";
import { pathFilter } from "../shared/path-filter";
import { childName, isSupportedFile, joinPath, objectKey, relativePath } from "../shared/remote-path";
import type { Slice } from "../shared/run-slice";
import { recordFolderFailure, skipEntry } from "../shared/tally";
import { byUtf8, lookUpObjects } from "../shared/target-objects";
import type { FileItem, ListedFolder } from "../shared/work/items";
import type { Work } from "../shared/work/work";

/** Batches decided ahead of the queue's room: enough to fill a connector's queue of 1,000 files. */
const MAX_BATCHES_AHEAD = 100;

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

  /** @returns how many folders were decided. */
  async next(): Promise<number> {
    const { services, until } = this.slice;
    let decided = 0;
    while (this.work.batches.length < MAX_BATCHES_AHEAD && services.clock.now() < until) {
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
    const listing = await this.readListing(key);
    if (listing === undefined) {
      this.work.root.counters.foldersListed -= 1;
      recordFolderFailure(this.work, folder, "ListingFailed", `what the connector wrote to ${key} is not a listing`);
      return;
    }
    if (listing.truncated) {
      this.work.root.counters.foldersTruncated += 1;
      const detail = `the folder has more than ${this.slice.env.connectorLimits.maxListingItems} entries; the rest was not seen`;
      this.work.failures.append([{ path: folder, reason: "ListingTruncated", detail }]);
    }
    this.countTooDeep(folder, depth, listing);
    const ledger = await this.ledgers.read(folder);
    const files = this.directFiles(folder, listing);
    const decisions = await this.decisions(folder, files, ledger, new Date(startedAt));
    const transfers = this.count(files, decisions);
    if (!this.slice.context.event.DryRun) {
      await this.learn(folder, listing, files, decisions, ledger, startedAt);
      this.work.batches.append(batchesOf(folder, transfers, 0));
    }
  }

  private async readListing(key: string): Promise<Listing | undefined> {
    const stored = await this.slice.services.objects.read(this.slice.context.bucket, key);
    try {
      return stored && parseListing(stored.text);
    } catch {
      return undefined;
    }
  }

  private countTooDeep(folder: string, depth: number, { folders }: Listing): void {
    const { Recursive, MaxDepth } = this.slice.context.sync.RemoteFolders;
    if (Recursive && depth >= MaxDepth) {
      const children = folders.filter((path) => childName(folder, path) !== undefined);
      this.work.root.counters.foldersTooDeep += children.length;
    }
  }

  /** Every file once, in the order of S3 keys; what is no direct child of the folder is counted and left. */
  private directFiles(folder: string, listing: Listing): FileItem[] {
    const byName = new Map<string, FileItem>();
    for (const { path, size, modified } of listing.files) {
      const name = childName(folder, path);
      if (name === undefined) {
        skipEntry(this.work, "unsupported-name");
      } else {
        byName.set(name, {
          name,
          ...(size === undefined ? {} : { size }),
          ...(modified === undefined ? {} : { modified }),
        });
      }
    }
    return [...byName.values()].sort((a, b) => byUtf8(a.name, b.name));
  }

  private async decisions(
    folder: string,
    files: readonly FileItem[],
    ledger: FolderLedger,
    listedAt: Date,
  ): Promise<Decision[]> {
    const policy = this.policy(folder, listedAt);
    const decisions = files.map((file) => decide(file, ledger, policy));
    const doubtful = files.filter((_, index) => decisions[index]?.action === "compare");
    if (doubtful.length === 0) {
      return decisions;
    }
    const { BucketName, Prefix } = this.slice.context.sync.LocalRepository;
    const directory = objectKey(Prefix, joinPath(folder, ""));
    const names = doubtful.map(({ name }) => name);
    const objects = await lookUpObjects(this.slice.services.objects, BucketName, directory, names);
    return files.map((file, index) => {
      const decision = decisions[index];
      return decision === undefined || decision.action === "compare"
        ? decideByObject(file, objects.get(file.name))
        : decision;
    });
  }

  private policy(folder: string, listedAt: Date): DecisionPolicy {
    const { context } = this.slice;
    const { Prefix } = context.sync.LocalRepository;
    const { folder: root, windowStart } = this.work.root;
    return {
      listedAt,
      minimumAgeSeconds: context.sync.MinimumAgeSeconds,
      fromTimestamp: context.event.FromTimestamp,
      windowStart: windowStart === undefined ? undefined : new Date(windowStart),
      keepsLedger: !usesModifiedTime(context),
      isSupported: (name) => isSupportedFile(Prefix, joinPath(folder, name)),
      isWanted: (name) => this.filter.file(relativePath(root, joinPath(folder, name))),
    };
  }

  /** @returns the files to transfer. */
  private count(files: readonly FileItem[], decisions: readonly Decision[]): FileItem[] {
    const { counters } = this.work.root;
    const transfers: FileItem[] = [];
    files.forEach((file, index) => {
      const decision = decisions[index];
      if (decision?.action === "skip") {
        skipEntry(this.work, decision.reason);
        return;
      }
      counters.seen += 1;
      transfers.push(file);
      if (this.slice.context.event.DryRun) {
        counters.wouldTransfer += 1;
        counters.bytes += file.size ?? 0;
      }
    });
    return transfers;
  }

  /** Records what S3 holds already, prunes what the remote no longer has, notes first sights of settling files. */
  private async learn(
    folder: string,
    listing: Listing,
    files: readonly FileItem[],
    decisions: readonly Decision[],
    ledger: FolderLedger,
    startedAt: string,
  ): Promise<void> {
    const skippedAs = (reason: SkipReason) =>
      files.filter((_, index) => {
        const decision = decisions[index];
        return decision?.action === "skip" && decision.reason === reason;
      });
    const set = new Map<string, LedgerEntry>(
      skippedAs("already-in-s3").map(({ name, size, modified }) => [name, { size, modified }]),
    );
    const listed = new Set(files.map(({ name }) => name));
    // A truncated listing says nothing about what it does not name.
    const remove = listing.truncated ? [] : [...ledger.files.keys()].filter((name) => !listed.has(name));
    const firstSeen = this.firstSights(files, skippedAs("settling"), ledger, startedAt);
    const sightsChanged = JSON.stringify([...firstSeen]) !== JSON.stringify([...ledger.firstSeen]);
    if (set.size > 0 || remove.length > 0 || sightsChanged) {
      await this.ledgers.record(folder, { set, remove, firstSeen });
    }
  }

  /**
   * A sight is kept until the ledger knows the file: the slice that ends its settling may crash before its transfer is
   * written down.
   */
  private firstSights(
    files: readonly FileItem[],
    settling: readonly FileItem[],
    ledger: FolderLedger,
    startedAt: string,
  ): Map<string, string> {
    const sights = files.flatMap(({ name, modified }) => {
      const before = ledger.firstSeen.get(name);
      const isOpen = modified === undefined && !ledger.files.has(name);
      return isOpen && before !== undefined ? [[name, before] as const] : [];
    });
    const now = settling
      .filter(({ name, modified }) => modified === undefined && !ledger.firstSeen.has(name))
      .map(({ name }) => [name, startedAt] as const);
    return new Map([...sights, ...now]);
  }
}
