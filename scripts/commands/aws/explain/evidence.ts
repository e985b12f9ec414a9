import type { LeftOut } from "../../against";
import type { Cell } from "../access/cell";
import type { Run } from "../runs/run";

/** What a ledger knows of a file. Sizes are bytes, times ISO 8601. */
export interface LedgerEvidence {
  /**
   * `verified`: S3 held it as listed. `marked`: it is being transferred, or was not verified when last it was. `gone`: it is
   * not listed any more. `unknown`: it was never seen, or never arrived.
   */
  readonly state: "verified" | "marked" | "gone" | "unknown";
  readonly size?: number;
  readonly modified?: string;
  /** When its absence was listed. */
  readonly goneAt?: string;
  /** When the listing was asked for by which the ledger was last changed; absent where there is no ledger of the folder. */
  readonly listedAt?: string;
}

/** What the latest listing of a file's folder says of it. */
export interface ListingEvidence {
  readonly run: string;
  /** When it was asked for, ISO 8601. */
  readonly at: string;
  readonly isListed: boolean;
  /** Whether a folder is listed under the name, and no file. */
  readonly isFolder?: true;
  /** Whether the listing ends before the folder does. */
  readonly isTruncated: boolean;
  readonly size?: number;
  readonly modified?: string;
  /**
   * What a run as scheduled would do now: the reason why it skips the file, or `transfer`. By what is in the bucket, ledger and
   * listing; absent where one of them is unknown.
   */
  readonly decision?: string;
}

export interface FailureEvidence {
  readonly run: string;
  /** The file's own, or that of a folder above it. */
  readonly path: string;
  readonly isOwn: boolean;
  readonly reason: string;
  readonly next: string;
}

/** What is known of a path, seen from one sync. */
export interface PathEvidence {
  readonly sync: string;
  /** Why no run of the sync copies it; absent where the sync takes it. What follows is then absent too. */
  readonly leftOut?: LeftOut;
  /** `s3://BUCKET/KEY` */
  readonly place?: string;
  readonly minimumAgeSeconds?: number;
  /** `null`: there is no object. */
  readonly object?: Cell<{ readonly size: number; readonly modified: string } | null>;
  /** `null`: the sync keeps none. */
  readonly ledger?: Cell<LedgerEvidence | null>;
  /** `null`: there was none yet. */
  readonly lastRun?: Cell<Run | null>;
  /** `null`: none of the latest runs listed the folder, or their listings are kept no more. */
  readonly listing?: Cell<ListingEvidence | null>;
  /** Of the last run that ended. */
  readonly failure?: FailureEvidence;
}
