import { WHY } from "../../against-text";
import { formatBytes } from "../../figures";
import { nextCommand, nextStackCommand } from "../access/next-command";
import type { AwsOptions } from "../access/session";
import { formatTime } from "../times";
import type { ListingEvidence, PathEvidence } from "./evidence";

/**
 * How it stands with a file. `left-out`: no run copies it. `next-run`: new or changed, and not copied yet. `removed`: somebody has
 * removed the object, and runs as scheduled leave it so. `skipped`: for a reason that the answer names. `not-listed`: the server
 * did not name it.
 */
export type FileState =
  | "in-s3"
  | "failed"
  | "next-run"
  | "removed"
  | "skipped"
  | "left-out"
  | "not-listed"
  | "running"
  | "no-run"
  | "unknown";

/** One answer, and what to do where something can be done. */
export interface Verdict {
  readonly state: FileState;
  readonly answer: string;
  readonly next?: string;
}

/** Why a run as scheduled leaves a listed file where it is. Of other reasons the name says enough. */
const DECISIONS: Readonly<Record<string, string>> = {
  settling: "It is too young: MinimumAgeSeconds has it wait for a later run",
  "too-large": "It is larger than a connector can move",
  "before-window": "It is older than what a run by modified-time looks at",
  "unsupported-name": "A connector cannot be asked for its name",
};

/** Why a file is in S3 or not, seen from one sync. @param path from the server's root. @param flags for what to do. */
export function verdict(server: string, path: string, evidence: PathEvidence, flags: AwsOptions): Verdict {
  const { sync, leftOut, place, object, ledger, listing, failure, lastRun } = evidence;
  const run = nextCommand(["run", server, sync], flags);
  if (place === undefined) {
    return leftOut === undefined
      ? {
          state: "unknown",
          answer: "The sync's SSM parameter holds no event, so nothing is known.",
          next: nextStackCommand("deploy", server),
        }
      : { state: "left-out", answer: `No run copies it: ${WHY[leftOut.reason]}${globs(leftOut.globs)}.` };
  }
  const there = object !== undefined && "value" in object ? object.value : undefined;
  const known = ledger !== undefined && "value" in ledger ? ledger.value : undefined;
  const listed = listing !== undefined && "value" in listing ? listing.value : undefined;
  if (there && known?.state === "verified" && listed?.decision !== "transfer") {
    return {
      state: "in-s3",
      answer: `It is in S3, verified: ${place} (${formatBytes(there.size)}, written ${formatTime(there.modified)}).`,
    };
  }
  if (failure !== undefined) {
    const which = failure.isOwn ? "It" : `Its folder ${failure.path}`;
    return {
      state: "failed",
      answer: `${which} failed in the run ${failure.run}: ${failure.reason}.`,
      next: failure.next,
    };
  }
  if (lastRun !== undefined && "value" in lastRun && lastRun.value === null) {
    return { state: "no-run", answer: "The sync has no run yet.", next: `${run} --wait` };
  }
  if (lastRun !== undefined && "value" in lastRun && lastRun.value?.status === "RUNNING" && there === null) {
    return {
      state: "running",
      answer: `A run is at work, and it is not in S3 yet (run ${lastRun.value.run}).`,
      next: nextCommand(["report", server, lastRun.value.run], flags),
    };
  }
  const folder = nextCommand(["explain", server, `${path}/`], flags);
  return listed ? byListing(listed, evidence, { run, folder }) : unlisted(evidence, run);
}

interface Commands {
  readonly run: string;
  /** Explains the path as a folder. */
  readonly folder: string;
}

function byListing(
  listed: ListingEvidence,
  { object, place, minimumAgeSeconds }: PathEvidence,
  { run, folder }: Commands,
): Verdict {
  const there = object !== undefined && "value" in object ? object.value : undefined;
  const when = `the listing of ${formatTime(listed.at)} (run ${listed.run})`;
  if (listed.isFolder) {
    return { state: "not-listed", answer: `It is a folder, by ${when}.`, next: `${folder} tells of the files in it` };
  }
  if (!listed.isListed) {
    const rest = listed.isTruncated ? ", which ends before the folder does" : "";
    return {
      state: "not-listed",
      answer: `The server did not name it in ${when}${rest}.${there ? ` S3 keeps what came before: ${place}.` : ""}`,
      next: listed.isTruncated
        ? "have old files moved away, or name folders further down in the definition"
        : `check the path on the server; if it is there now: ${run} --wait`,
    };
  }
  switch (listed.decision) {
    case undefined:
      return {
        state: "unknown",
        answer: `It was named in ${when}; ledger or bucket may not be read, so no more is known.`,
      };
    case "transfer":
      return {
        state: "next-run",
        answer: `It is new or changed by ${when}, and not copied yet: the next run takes it.`,
        next: `${run} --wait`,
      };
    case "already-in-s3":
      return { state: "in-s3", answer: `It is in S3, and not older than on the server: ${place}.` };
    case "unchanged":
      return there
        ? { state: "in-s3", answer: `It is in S3, verified: ${place}.` }
        : {
            state: "removed",
            answer: `It was verified in S3 once, and somebody has removed it since; runs as scheduled leave it so.`,
            next: `${run} --compare --wait brings it back`,
          };
    case "settling":
      return { state: "skipped", answer: `${DECISIONS.settling} (${minimumAgeSeconds} s).` };
    default:
      return { state: "skipped", answer: `${DECISIONS[listed.decision] ?? `It is skipped as ${listed.decision}`}.` };
  }
}

function unlisted({ object, place, listing }: PathEvidence, run: string): Verdict {
  const isThere = object !== undefined && "value" in object && object.value !== null;
  const where = isThere ? ` There is an object: ${place}.` : "";
  return listing !== undefined && "unknown" in listing
    ? { state: "unknown", answer: `Nothing is known of its folder's listing (${listing.unknown}).${where}` }
    : {
        state: "not-listed",
        answer: `None of the latest runs listed its folder: it is not there, is not reached, or its listing is kept no more.${where}`,
        next: `${run} --wait, then the same question`,
      };
}

const globs = (taking: readonly string[] = []): string =>
  taking.length === 0 ? "" : ` ${taking.map((glob) => JSON.stringify(glob)).join(", ")}`;
