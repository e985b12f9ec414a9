import { logger } from "../logger";
import { ConditionFailed } from "../ports/errors";
import type { ObjectStore } from "../ports/services";
import { type RunContext, shortHash } from "../run-context";
import { EMPTY_LEDGER, type FolderLedger, type LedgerChanges } from "./ledger";
import { formatLedger, parseLedger, UnreadableLedger } from "./ledger-file";
import { merge } from "./merge";

interface Stored extends FolderLedger {
  readonly etag: string | undefined;
}

/**
 * Files, and folders, whose ledger is kept in memory between the decision and the record of their transfers. A file takes
 * about 300 bytes there, with the longest of names about 1,000.
 */
const MAX_CACHED_FILES = 50_000;
const MAX_CACHED_FOLDERS = 1000;

/** How often a merge is repeated because another writer got ahead: another invocation of the same slice. */
const MERGE_ATTEMPTS = 5;

/** Where a ledger that cannot be read is kept for people to look at, beside the one that takes its place. */
const UNREADABLE_SUFFIX = ".unreadable";

/** The ledgers of one destination, by remote folder. */
export interface FolderLedgers {
  /** @throws RunError `LedgerTooNew` */
  read(folder: string): Promise<FolderLedger>;
  /**
   * Merges the changes into what is stored. Repeating it changes nothing.
   * @throws SliceSuperseded where another invocation has gone on in the meantime, and may know better.
   */
  record(folder: string, changes: LedgerChanges): Promise<void>;
}

/** For `ChangeDetection: modified-time`: nothing is known of any folder, and nothing is kept. */
export const NO_LEDGERS: FolderLedgers = {
  read: async () => EMPTY_LEDGER,
  record: async () => {},
};

export interface LedgersProps {
  readonly objects: ObjectStore;
  readonly context: RunContext;
  /** Throws where this invocation has been superseded. */
  readonly checkFence: () => Promise<void>;
  /** Tells people which ledger could not be read, and where its text is kept. */
  readonly warn: (unreadable: string) => void;
}

/** One small object per remote folder. */
export class Ledgers implements FolderLedgers {
  private readonly cache = new Map<string, Stored>();
  private cachedFiles = 0;

  constructor(private readonly props: LedgersProps) {}

  async read(folder: string): Promise<FolderLedger> {
    return this.cache.get(folder) ?? this.load(folder);
  }

  async record(folder: string, changes: LedgerChanges): Promise<void> {
    const { objects, context, checkFence } = this.props;
    for (let attempt = 1; ; attempt += 1) {
      const current = this.cache.get(folder) ?? (await this.load(folder));
      // Between the look at the ledger and the write: whoever goes on after this check changes the ledger's ETag.
      await checkFence();
      const merged = merge(current, changes);
      const condition = current.etag === undefined ? { ifAbsent: true as const } : { ifMatch: current.etag };
      try {
        const etag = await objects.write(context.bucket, this.key(folder), formatLedger(folder, merged), condition);
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
    const { objects, context } = this.props;
    const stored = await objects.read(context.bucket, this.key(folder));
    const ledger =
      stored === undefined
        ? await this.loadFormer(folder)
        : { ...(await this.parsed(folder, stored.text)), etag: stored.etag };
    this.remember(folder, ledger);
    return ledger;
  }

  /** What was known under the server's former name; it is written under its own with the first change. */
  private async loadFormer(folder: string): Promise<Stored> {
    const { objects, context } = this.props;
    const { bucket, formerLedgerPrefix } = context;
    const stored = formerLedgerPrefix && (await objects.read(bucket, ledgerKey(formerLedgerPrefix, folder)));
    const ledger = stored ? { ...(await this.parsed(folder, stored.text)), isFormer: true } : EMPTY_LEDGER;
    return { ...ledger, etag: undefined };
  }

  /** A ledger that cannot be read counts as lost: that costs comparisons with S3, and what was in doubt is not known any more. */
  private async parsed(folder: string, text: string): Promise<FolderLedger> {
    const key = this.key(folder);
    try {
      return parseLedger(text, key);
    } catch (error) {
      if (!(error instanceof UnreadableLedger)) {
        throw error;
      }
      const { objects, context, warn } = this.props;
      logger.warn("a ledger cannot be read, and counts as lost", { folder, error });
      warn(`that of ${folder}, as ${key}${UNREADABLE_SUFFIX}`);
      await objects.write(context.bucket, key + UNREADABLE_SUFFIX, text);
      return EMPTY_LEDGER;
    }
  }

  private remember(folder: string, ledger: Stored): void {
    this.forget(folder);
    if (this.cache.size >= MAX_CACHED_FOLDERS || this.cachedFiles + entriesOf(ledger) > MAX_CACHED_FILES) {
      this.cache.clear();
      this.cachedFiles = 0;
    }
    this.cache.set(folder, ledger);
    this.cachedFiles += entriesOf(ledger);
  }

  private forget(folder: string): void {
    const cached = this.cache.get(folder);
    this.cachedFiles -= cached === undefined ? 0 : entriesOf(cached);
    this.cache.delete(folder);
  }

  private key(folder: string): string {
    return ledgerKey(this.props.context.ledgerPrefix, folder);
  }
}

/** Where the ledger of a remote folder lies. @param prefix of the destination's ledgers. */
export function ledgerKey(prefix: string, folder: string): string {
  return `${prefix}${shortHash(folder)}.json`;
}

function entriesOf({ files, marks, gone, folders }: FolderLedger): number {
  return files.size + marks.size + gone.size + folders.size;
}
