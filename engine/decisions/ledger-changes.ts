import { asListed } from "../ledger/as-listed";
import type { FolderLedger, FolderState, LedgerChanges, Sight, VerifiedFile } from "../ledger/ledger";
import { hasNoAge } from "./decide";
import type { DecidedFile } from "./decide-files";

/** What a listing said of a folder, besides the decisions about its files. */
export interface ListedState {
  /** When the listing was asked for. ISO 8601. */
  readonly at: string;
  /** Files whose times the server moved: known by the new ones from now on. */
  readonly shifted: ReadonlyMap<string, VerifiedFile>;
  readonly absent: Required<Pick<LedgerChanges, "gone" | "unverified">>;
  readonly folders: ReadonlyMap<string, FolderState>;
}

/**
 * What a folder's ledger learns from the decisions alone: what S3 holds already, what is about to be sent and so is not
 * proved any more, what the remote no longer has, and first sights of files whose times say no age.
 * @returns `undefined` where it learns nothing, as of an unchanged folder. What is known under the server's former name is
 *   all new to it.
 */
export function ledgerChanges(
  decided: readonly DecidedFile[],
  ledger: FolderLedger,
  { at, shifted, absent, folders }: ListedState,
): LedgerChanges | undefined {
  const send = new Map(
    decided
      .filter(({ decision }) => decision.action === "transfer")
      .map(({ file: { name, size, modified } }): [string, Sight] => [name, { at, size, modified }]),
  );
  const set = new Map([...[...shifted].filter(([name]) => !send.has(name)), ...verified(decided)]);
  const firstSeen = firstSights(decided, ledger, at);
  const isChanged =
    set.size + send.size + absent.gone.size + absent.unverified.size > 0 ||
    ledger.notFound !== undefined ||
    ledger.isFormer ||
    !isDeepEqual(firstSeen, ledger.firstSeen) ||
    !isDeepEqual(folders, ledger.folders);
  return isChanged ? { ...absent, set, send, firstSeen, folders, notFound: null, listedAt: at } : undefined;
}

function verified(decided: readonly DecidedFile[]): [string, VerifiedFile][] {
  return decided
    .filter(({ decision }) => isSkippedAs(decision, "already-in-s3"))
    .map(({ file: { name, size, modified }, bytes }) => [
      name,
      { size, modified, ...(bytes === undefined ? {} : { bytes }) },
    ]);
}

/** In the same order too. */
function isDeepEqual(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && JSON.stringify([...a]) === JSON.stringify([...b]);
}

/**
 * A sight is kept while the file settles, and with it when it is to be transferred: the slice may crash before that is
 * written down.
 */
function firstSights(
  decided: readonly DecidedFile[],
  { firstSeen }: FolderLedger,
  listedAt: string,
): Map<string, Sight> {
  const sights = new Map<string, Sight>();
  const at = new Date(listedAt);
  for (const { file, decision } of decided) {
    const isSettling = isSkippedAs(decision, "settling");
    if ((decision.action === "skip" && !isSettling) || !hasNoAge(file, at)) {
      continue;
    }
    const before = asListed(firstSeen, file);
    if (isSettling) {
      sights.set(file.name, before ?? { at: listedAt, size: file.size, modified: file.modified });
    } else if (before !== undefined) {
      sights.set(file.name, before);
    }
  }
  return sights;
}

function isSkippedAs(decision: DecidedFile["decision"], reason: "already-in-s3" | "settling"): boolean {
  return decision.action === "skip" && decision.reason === reason;
}
