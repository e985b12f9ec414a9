import { z } from "zod";
import { ConditionFailed } from "../ports/errors";
import type { ObjectStore } from "../ports/services";
import { type RunContext, shortHash } from "../run-context";

/** Entries are tuples, not properties: a remote file may be named `__proto__`. */
const ledgerSchema = z.object({
  version: z.literal(1),
  folder: z.string(),
  /** Name, size in bytes, modification time (ISO 8601): as listed when the object in S3 was last verified. */
  files: z.array(z.tuple([z.string(), z.number().nullable(), z.string().nullable()])),
  /** Name, when a file whose time says no age was first listed (ISO 8601), while it settles; size and time it had then. */
  firstSeen: z.array(
    z.tuple([z.string(), z.string(), z.number().nullable().optional(), z.string().nullable().optional()]),
  ),
  /** Name, size and time as listed when the file did not arrive so, and the first run in which that happened. */
  unconfirmed: z.array(z.tuple([z.string(), z.number().nullable(), z.string().nullable(), z.string()])).default([]),
});

export interface LedgerEntry {
  /** Bytes. */
  readonly size: number | undefined;
  /** ISO 8601. */
  readonly modified: string | undefined;
}

/** A file as it was listed at some time. */
export interface Sight extends LedgerEntry {
  /** ISO 8601. */
  readonly at: string;
}

/** A file as it was listed when it did not arrive so: it was not there any more, or had another size. */
export interface Unconfirmed extends LedgerEntry {
  /** The first run in which that happened. */
  readonly run: string;
}

/** What is known of one remote folder. */
export interface FolderLedger {
  readonly files: ReadonlyMap<string, LedgerEntry>;
  readonly firstSeen: ReadonlyMap<string, Sight>;
  readonly unconfirmed: ReadonlyMap<string, Unconfirmed>;
  /** Kept under the server's former name so far. */
  readonly isFormer?: boolean;
}

export interface LedgerChanges {
  readonly set?: ReadonlyMap<string, LedgerEntry>;
  readonly remove?: Iterable<string>;
  /** Whatever is set or removed is not unconfirmed any more. */
  readonly unconfirmed?: ReadonlyMap<string, Unconfirmed>;
  /** Replaces all first sights. */
  readonly firstSeen?: ReadonlyMap<string, Sight>;
}

interface Stored extends FolderLedger {
  readonly etag: string | undefined;
}

const EMPTY: Stored = { files: new Map(), firstSeen: new Map(), unconfirmed: new Map(), etag: undefined };

/**
 * Files, and folders, whose ledger is kept in memory between the decision and the record of their transfers. A file takes
 * about 300 bytes there, with the longest of names about 1,000.
 */
const MAX_CACHED_FILES = 50_000;
const MAX_CACHED_FOLDERS = 1000;

/** How often a merge is repeated because another writer got ahead: another invocation of the same slice. */
const MERGE_ATTEMPTS = 5;

/** The ledgers of one destination, by remote folder. */
export interface FolderLedgers {
  read(folder: string): Promise<FolderLedger>;
  /**
   * Merges the changes into what is stored. Repeating it changes nothing.
   * @throws SliceSuperseded where another invocation has gone on in the meantime, and may know better.
   */
  record(folder: string, changes: LedgerChanges): Promise<void>;
}

/** For `ChangeDetection: modified-time`: nothing is known of any folder, and nothing is kept. */
export const NO_LEDGERS: FolderLedgers = {
  read: async () => EMPTY,
  record: async () => {},
};

/** One small object per remote folder. */
export class Ledgers implements FolderLedgers {
  private readonly cache = new Map<string, Stored>();
  private cachedFiles = 0;

  constructor(
    private readonly objects: ObjectStore,
    private readonly context: RunContext,
    /** Throws where this invocation has been superseded. */
    private readonly checkFence: () => Promise<void>,
  ) {}

  async read(folder: string): Promise<FolderLedger> {
    return this.cache.get(folder) ?? this.load(folder);
  }

  async record(folder: string, changes: LedgerChanges): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const current = this.cache.get(folder) ?? (await this.load(folder));
      // Between the look at the ledger and the write: whoever goes on after this check changes the ledger's ETag.
      await this.checkFence();
      const merged = merge(current, changes);
      const condition = current.etag === undefined ? { ifAbsent: true as const } : { ifMatch: current.etag };
      try {
        const etag = await this.objects.write(this.context.bucket, this.key(folder), text(folder, merged), condition);
        this.remember(folder, { ...merged, etag });
        return;
      } catch (error) {
        this.forget(folder);
        if (!(error instanceof ConditionFailed) || attempt === MERGE_ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  private async load(folder: string): Promise<Stored> {
    const stored = await this.objects.read(this.context.bucket, this.key(folder));
    const ledger = stored === undefined ? await this.loadFormer(folder) : { ...parse(stored.text), etag: stored.etag };
    this.remember(folder, ledger);
    return ledger;
  }

  /** What was known under the server's former name; it is written under its own with the first change. */
  private async loadFormer(folder: string): Promise<Stored> {
    const { bucket, formerLedgerPrefix } = this.context;
    const stored = formerLedgerPrefix && (await this.objects.read(bucket, ledgerKey(formerLedgerPrefix, folder)));
    return stored ? { ...parse(stored.text), etag: undefined, isFormer: true } : EMPTY;
  }

  private remember(folder: string, ledger: Stored): void {
    this.forget(folder);
    if (this.cache.size >= MAX_CACHED_FOLDERS || this.cachedFiles + ledger.files.size > MAX_CACHED_FILES) {
      this.cache.clear();
      this.cachedFiles = 0;
    }
    this.cache.set(folder, ledger);
    this.cachedFiles += ledger.files.size;
  }

  private forget(folder: string): void {
    this.cachedFiles -= this.cache.get(folder)?.files.size ?? 0;
    this.cache.delete(folder);
  }

  private key(folder: string): string {
    return ledgerKey(this.context.ledgerPrefix, folder);
  }
}

function ledgerKey(prefix: string, folder: string): string {
  return `${prefix}${shortHash(folder)}.json`;
}

/** A ledger that cannot be read counts as lost: that costs comparisons with S3, never data. */
function parse(stored: string): FolderLedger {
  try {
    const { files, firstSeen, unconfirmed } = ledgerSchema.parse(JSON.parse(stored));
    const entries = files.map(([name, size, modified]) => [name, entry(size, modified)] as const);
    const sights = firstSeen.map(([name, at, size, modified]) => [name, { at, ...entry(size, modified) }] as const);
    const doubts = unconfirmed.map(([name, size, modified, run]) => [name, { run, ...entry(size, modified) }] as const);
    return { files: new Map(entries), firstSeen: new Map(sights), unconfirmed: new Map(doubts) };
  } catch {
    return EMPTY;
  }
}

function entry(size: number | null | undefined, modified: string | null | undefined): LedgerEntry {
  return { size: size ?? undefined, modified: modified ?? undefined };
}

function merge(ledger: FolderLedger, changes: LedgerChanges): FolderLedger {
  const files = new Map(ledger.files);
  const unconfirmed = new Map(ledger.unconfirmed);
  for (const name of changes.remove ?? []) {
    files.delete(name);
    unconfirmed.delete(name);
  }
  for (const [name, known] of changes.set ?? []) {
    files.set(name, known);
    unconfirmed.delete(name);
  }
  for (const [name, listed] of changes.unconfirmed ?? []) {
    unconfirmed.set(name, listed);
  }
  return { files, firstSeen: changes.firstSeen ?? ledger.firstSeen, unconfirmed };
}

function text(folder: string, { files, firstSeen, unconfirmed }: FolderLedger): string {
  const ledger: z.infer<typeof ledgerSchema> = {
    version: 1,
    folder,
    files: [...files].map(([name, { size, modified }]) => [name, size ?? null, modified ?? null]),
    firstSeen: [...firstSeen].map(([name, { at, size, modified }]) => [name, at, size ?? null, modified ?? null]),
    unconfirmed: [...unconfirmed].map(([name, { size, modified, run }]) => [name, size ?? null, modified ?? null, run]),
  };
  return JSON.stringify(ledger);
}
