import { printable } from "../../../../contract/printable";
import { formatBytes } from "../../figures";
import type { Cell } from "../access/cell";
import { formatTime } from "../times";
import type { LedgerEvidence, ListingEvidence, PathEvidence } from "./evidence";
import type { Explanation } from "./explain-command";
import type { Verdict } from "./verdict";

/** What a person reads of a path: an answer for each sync, then what it stands on. */
export function explanationText({ server, path, syncs }: Explanation): string {
  return [path, ...syncs.flatMap((sync) => syncText(server, sync))].map(printable).join("\n");
}

function syncText(server: string, evidence: PathEvidence & Verdict): string[] {
  const { sync, answer, next, place } = evidence;
  return [
    `${server} / ${sync}: ${answer}`,
    ...(place === undefined ? [] : evidenceLines(evidence, place)),
    ...(next === undefined ? [] : [`  Next: ${next}`]),
  ];
}

function evidenceLines({ object, ledger, listing, lastRun, failure }: PathEvidence, place: string): string[] {
  return [
    line("S3", object, (there) =>
      there === null
        ? `no object ${place}`
        : `${place}, ${formatBytes(there.size)}, written ${formatTime(there.modified)}`,
    ),
    line("Ledger", ledger, (known) => (known === null ? "the sync keeps none" : ledgerText(known))),
    line("Listing", listing, (listed) => (listed === null ? "none of the latest runs has one" : listingText(listed))),
    line("Last run", lastRun, (run) =>
      run === null ? "none yet" : `${run.status}, started ${formatTime(run.startedAt)} (run ${run.run})`,
    ),
    ...(failure === undefined ? [] : [`  Failure: ${failure.path}: ${failure.reason} (run ${failure.run})`]),
  ];
}

function line<T>(head: string, answer: Cell<T> | undefined, text: (value: T) => string): string {
  const known =
    answer !== undefined && "value" in answer ? text(answer.value) : `unknown: ${answer?.unknown ?? "not asked"}`;
  return `  ${head}: ${known}`;
}

const STATES: Readonly<Record<LedgerEvidence["state"], string>> = {
  verified: "verified in S3",
  marked: "being transferred, or not verified when last it was",
  gone: "not listed any more",
  unknown: "not known",
};

function ledgerText({ state, listedAt, goneAt, ...entry }: LedgerEvidence): string {
  const since = goneAt === undefined ? "" : ` since ${formatTime(goneAt)}`;
  const folder = listedAt === undefined ? "" : `; folder as listed ${formatTime(listedAt)}`;
  return `${STATES[state]}${since}${entryText(entry)}${folder}`;
}

function listingText({ isListed, at, run, ...entry }: ListingEvidence): string {
  return `${isListed ? "named" : "not named"} at ${formatTime(at)}${entryText(entry)} (run ${run})`;
}

function entryText({ size, modified }: { readonly size?: number; readonly modified?: string }): string {
  return [
    ...(size === undefined ? [] : [formatBytes(size)]),
    ...(modified === undefined ? [] : [`modified ${modified}`]),
  ]
    .map((part) => `, ${part}`)
    .join("");
}
