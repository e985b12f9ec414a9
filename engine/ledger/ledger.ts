/** A file as a listing described it. */
export interface LedgerEntry {
  /** Bytes. */
  readonly size: number | undefined;
  /** ISO 8601. */
  readonly modified: string | undefined;
}

/** A file as it was listed when its object in S3 was last verified. */
export interface VerifiedFile extends LedgerEntry {
  /** Bytes of the object, where the server lists a size that never arrives. */
  readonly bytes?: number;
}

/** A file as it was listed at some time. */
export interface Sight extends LedgerEntry {
  /** ISO 8601. */
  readonly at: string;
}

/** The file was not found when it was asked for, or an object of another size arrived. */
export const DOUBT_OUTCOMES = ["vanished", "changed"] as const;

export type DoubtOutcome = (typeof DOUBT_OUTCOMES)[number];

/**
 * The file did not arrive as it was listed. Once, it has changed or gone meanwhile; if it is listed just so again and the
 * same happens, it has not.
 */
export interface Doubt extends LedgerEntry {
  readonly outcome: DoubtOutcome;
  /** The first run in which the file, listed so, ended so. */
  readonly run: string;
  /** Bytes of the object that arrived instead; only where it `changed`. */
  readonly bytes?: number;
}

/** An attempt to transfer the file, as it was listed then, failed, or S3 held no object of it afterwards. */
export interface FailedAttempt extends LedgerEntry {
  /** The run whose report names it. Without it nobody was told: the run died, or tries again. */
  readonly told?: string;
}

/**
 * The file is being transferred, or was not verified when last it was: neither the ledger nor S3 proves what the bucket
 * holds under its name. Only a verified transfer ends that.
 */
export interface Mark extends LedgerEntry {
  /** When the file was first sent since it was last verified. ISO 8601; absent in what an earlier version wrote. */
  readonly at?: string;
  readonly doubt?: Doubt;
  readonly failure?: FailedAttempt;
}

/** What became of a file that was not verified. */
export interface Unverified {
  /** Stands where the ledger has lost the mark. */
  readonly mark: Mark;
  readonly doubt?: Doubt;
  readonly failure?: FailedAttempt;
}

/** A file that was listed once and is not any more. Without size and time, nothing is known of the object it left. */
export interface Gone extends LedgerEntry {
  /** When its absence was listed. ISO 8601. */
  readonly at: string;
  readonly bytes?: number;
}

/** `removed`: its parent was listed without it, and what was known below it is still to be forgotten. */
export type FolderState = "present" | "removed";

/** What is known of one remote folder. */
export interface FolderLedger {
  /** By name, as everything here. */
  readonly files: ReadonlyMap<string, VerifiedFile>;
  /** Files whose times say no age, while they settle. */
  readonly firstSeen: ReadonlyMap<string, Sight>;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly gone: ReadonlyMap<string, Gone>;
  /** Folders in it. */
  readonly folders: ReadonlyMap<string, FolderState>;
  /** The first run in which the server listed the folder in its parent, and then did not find it. */
  readonly notFound: string | undefined;
  /** When the listing was asked for by which the ledger was last changed. ISO 8601. */
  readonly listedAt: string | undefined;
  /** It was read under the server's former name, and nothing is written under its own yet. */
  readonly isFormer: boolean;
}

/** What is to be merged into a folder's ledger. */
export interface LedgerChanges {
  /** Verified: whatever else was known of these names ends. */
  readonly set?: ReadonlyMap<string, VerifiedFile>;
  /** These are no longer listed. */
  readonly gone?: ReadonlyMap<string, Gone>;
  /** About to be sent, as listed now. A mark from before keeps its doubt and its time. */
  readonly send?: ReadonlyMap<string, Sight>;
  /** Ended without being verified. What was known of earlier attempts stays, as far as it is not replaced. */
  readonly unverified?: ReadonlyMap<string, Unverified>;
  /** Replaces all first sights. */
  readonly firstSeen?: ReadonlyMap<string, Sight>;
  /** Replaces the folders. */
  readonly folders?: ReadonlyMap<string, FolderState>;
  /** Replaces it; `null`: the folder was found. */
  readonly notFound?: string | null;
  readonly listedAt?: string;
}

export const EMPTY_LEDGER: FolderLedger = {
  files: new Map(),
  firstSeen: new Map(),
  marks: new Map(),
  gone: new Map(),
  folders: new Map(),
  notFound: undefined,
  listedAt: undefined,
  isFormer: false,
};
