import { asListed } from "../ledger/as-listed";
import type { FolderLedger } from "../ledger/ledger";
import type { SkipReason } from "../skip-reasons";
import type { FileItem } from "../work/items";

/** 150 GiB: the largest file a connector moves (Transfer Family user guide, SFTP connector quotas). */
const MAX_FILE_BYTES = 150 * 1024 ** 3;

/** What the rules need to know besides the entry and the ledger. */
export interface DecisionPolicy {
  /** When the listing was asked for. */
  readonly listedAt: Date;
  readonly minimumAgeSeconds: number;
  /** What the ledger knows is held against S3 too. */
  readonly compares: boolean;
  /** UTC seconds: what was modified before is left alone. */
  readonly fromTimestamp: number | undefined;
  /** With `ChangeDetection: modified-time`: only what was modified after this. Without it, the ledger rules. */
  readonly windowStart: Date | undefined;
  /** Without a ledger nobody remembers when a file without a time was first seen: it cannot be made to settle. */
  readonly keepsLedger: boolean;
  isSupported(name: string): boolean;
  isWanted(name: string): boolean;
}

export type FinalDecision = { readonly action: "skip"; readonly reason: SkipReason } | { readonly action: "transfer" };

/** `compare`: only S3 can tell (rule 3). */
export type Decision = FinalDecision | { readonly action: "compare" };

/** The rules that need no look at S3, in the order in which their reasons are reported. */
export function decide(file: FileItem, ledger: FolderLedger, policy: DecisionPolicy): Decision {
  if (!policy.isSupported(file.name)) {
    return skip("unsupported-name");
  }
  if (!policy.isWanted(file.name)) {
    return skip("excluded");
  }
  if ((file.size ?? 0) > MAX_FILE_BYTES) {
    return skip("too-large");
  }
  const modified = file.modified === undefined ? undefined : new Date(file.modified);
  const { fromTimestamp, windowStart } = policy;
  if (fromTimestamp !== undefined && modified !== undefined && modified.getTime() < fromTimestamp * 1000) {
    return skip("before-from-timestamp");
  }
  if (windowStart !== undefined && modified !== undefined && modified <= windowStart) {
    return skip("before-window");
  }
  const unchanged = asListed(ledger.files, file) !== undefined;
  if (unchanged && !policy.compares) {
    return skip("unchanged");
  }
  // What the ledger knows has settled once, also where nobody remembers when.
  if (!unchanged && isSettling(file, modified, ledger, policy)) {
    return skip("settling");
  }
  return unchanged || !ledger.files.has(file.name) ? { action: "compare" } : { action: "transfer" };
}

/** Rule 3: what S3 holds, against what was listed. */
export function decideByObject(
  file: FileItem,
  object: { readonly size: number; readonly lastModified: Date } | undefined,
): FinalDecision {
  if (object === undefined || (file.size !== undefined && object.size !== file.size)) {
    return { action: "transfer" };
  }
  const isOlder = file.modified !== undefined && object.lastModified < new Date(file.modified);
  return isOlder ? { action: "transfer" } : skip("already-in-s3");
}

function isSettling(
  file: FileItem,
  modified: Date | undefined,
  ledger: FolderLedger,
  { listedAt, minimumAgeSeconds, keepsLedger }: DecisionPolicy,
): boolean {
  if (minimumAgeSeconds === 0 || (modified === undefined && !keepsLedger)) {
    return false;
  }
  const sight = asListed(ledger.firstSeen, file);
  const unchangedSince = sight === undefined ? listedAt : new Date(sight.at);
  const since = modified === undefined || hasNoAge(file, listedAt) ? unchangedSince : modified;
  return listedAt.getTime() - since.getTime() < minimumAgeSeconds * 1000;
}

/**
 * A file without a time, or from a clock that is ahead of ours, settles from the first time on that it is seen as it is. By
 * a time in the future it would settle late, or never.
 */
export function hasNoAge({ modified }: FileItem, listedAt: Date): boolean {
  return modified === undefined || new Date(modified) > listedAt;
}

function skip(reason: SkipReason): FinalDecision {
  return { action: "skip", reason };
}
