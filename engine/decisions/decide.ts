import { asListed } from "../ledger/as-listed";
import type { FolderLedger, VerifiedFile } from "../ledger/ledger";
import type { SkipReason } from "../skip-reasons";
import type { FileItem } from "../work/items";
import { believableTime, isInFuture } from "./believable-time";

/** 150 GiB: the largest file a connector moves (Transfer Family user guide, SFTP connector quotas). */
export const MAX_FILE_BYTES = 150 * 1024 ** 3;

/** What the rules need to know besides the entry and the ledger. */
export interface DecisionPolicy {
  /** When the listing was asked for. */
  readonly listedAt: Date;
  readonly minimumAgeSeconds: number;
  /** What the ledger knows is held against S3 too, so that what was deleted there comes back. */
  readonly compares: boolean;
  /** UTC seconds: older files are left alone. */
  readonly fromTimestamp: number | undefined;
  /** With `ChangeDetection: modified-time`: only what was modified after this. Without it, the ledger rules. */
  readonly windowStart: Date | undefined;
  /** Without a ledger nobody remembers when a file without a time was first seen: it cannot be made to settle. */
  readonly keepsLedger: boolean;
  isSupported(name: string): boolean;
  isWanted(name: string): boolean;
}

/** `postpone`: it is to be transferred, and this run transfers no more. */
export type FinalDecision =
  | { readonly action: "skip"; readonly reason: SkipReason }
  | { readonly action: "transfer" | "postpone" };

/** Only S3 can tell (rule 5). `source`: what the object was made from, where that is known. */
export interface Comparison {
  readonly action: "compare";
  readonly source: VerifiedFile | undefined;
}

export type Decision = FinalDecision | Comparison;

/** What most decisions are, one object for all of them. */
const UNCHANGED = skip("unchanged");

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
  const reason = olderThanAsked(file, policy);
  if (reason !== undefined) {
    return skip(reason);
  }
  const isMarked = ledger.marks.has(file.name);
  const known = isMarked ? undefined : asListed(ledger.files, file);
  if (known !== undefined && !policy.compares) {
    return UNCHANGED;
  }
  // What the ledger knows has settled once, also where nobody remembers when.
  if (known === undefined && isSettling(file, ledger, policy)) {
    return skip("settling");
  }
  if (known !== undefined) {
    return { action: "compare", source: known };
  }
  return isMarked || ledger.files.has(file.name) ? { action: "transfer" } : decideUnknown(file, ledger);
}

/** Whether a run that looks at newer files only leaves this one alone, and why. */
function olderThanAsked(
  { modified }: FileItem,
  { fromTimestamp, windowStart }: DecisionPolicy,
): SkipReason | undefined {
  if (modified === undefined || (fromTimestamp === undefined && windowStart === undefined)) {
    return undefined;
  }
  const time = Date.parse(modified);
  if (!(time > 0)) {
    return undefined;
  }
  if (fromTimestamp !== undefined && time < fromTimestamp * 1000) {
    return "before-from-timestamp";
  }
  return windowStart !== undefined && time <= windowStart.getTime() ? "before-window" : undefined;
}

/** What came back may be another file of the same name: only its size and a time that can be right together say otherwise. */
function decideUnknown(file: FileItem, { gone }: FolderLedger): Decision {
  const left = gone.get(file.name);
  if (left === undefined) {
    return { action: "compare", source: undefined };
  }
  const isProof = left.size !== undefined && left.size === file.size && isSameTime(left.modified, file.modified);
  return isProof ? { action: "compare", source: left } : { action: "transfer" };
}

function isSameTime(left: string | undefined, listed: string | undefined): boolean {
  return left !== undefined && listed !== undefined && Date.parse(left) === Date.parse(listed) && Date.parse(left) > 0;
}

/** What rule 5 holds an object against. */
export interface ObjectPolicy {
  /** The present, as far as times in the future go. */
  readonly now: Date;
  readonly keepsLedger: boolean;
}

/**
 * Rule 5: what S3 holds, against what was listed. Of an object whose source is known, its own time says nothing.
 * A time in the future is newer than any object: with a ledger the file is transferred, once; without one its size alone
 * can tell, else it would be transferred in every run.
 */
export function decideByObject(
  file: FileItem,
  source: VerifiedFile | undefined,
  object: { readonly size: number; readonly lastModified: Date } | undefined,
  { now, keepsLedger }: ObjectPolicy,
): FinalDecision {
  const bytes = source?.bytes ?? file.size;
  if (object === undefined || (bytes !== undefined && object.size !== bytes)) {
    return { action: "transfer" };
  }
  if (source !== undefined) {
    return skip("already-in-s3");
  }
  const modified = believableTime(file, now);
  const isOlder = modified === undefined ? keepsLedger && isInFuture(file, now) : object.lastModified < modified;
  return isOlder ? { action: "transfer" } : skip("already-in-s3");
}

function isSettling(
  file: FileItem,
  ledger: FolderLedger,
  { listedAt, minimumAgeSeconds, keepsLedger }: DecisionPolicy,
): boolean {
  const modified = believableTime(file, listedAt);
  if (minimumAgeSeconds === 0) {
    return false;
  }
  if (modified === undefined && !keepsLedger) {
    return isAhead(file, listedAt);
  }
  const sight = asListed(ledger.firstSeen, file);
  const unchangedSince = sight === undefined ? listedAt : new Date(sight.at);
  return listedAt.getTime() - (modified ?? unchangedSince).getTime() < minimumAgeSeconds * 1000;
}

/** Time zones differ by less: what is further ahead comes from no clock. */
const DAY_MILLISECONDS = 86_400_000;

/** Nobody remembers when the file was first seen. One whose server's clock or time zone is ahead waits until its time comes. */
function isAhead(file: FileItem, listedAt: Date): boolean {
  return isInFuture(file, listedAt) && !isInFuture(file, new Date(listedAt.getTime() + DAY_MILLISECONDS));
}

/**
 * A file without a time that can be right settles from the first time on that it is seen as it is. By a time in the future
 * it would settle late, or never; by one before 1970, at once.
 */
export function hasNoAge(file: FileItem, listedAt: Date): boolean {
  return believableTime(file, listedAt) === undefined;
}

function skip(reason: SkipReason): FinalDecision {
  return { action: "skip", reason };
}
