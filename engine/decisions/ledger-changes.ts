import { asListed } from "../ledger/as-listed";
import type { FolderLedger, LedgerChanges, LedgerEntry, Sight } from "../ledger/ledger";
import type { SkipReason } from "../skip-reasons";
import { hasNoAge } from "./decide";
import type { DecidedFile } from "./decide-files";

/**
 * What a folder's ledger learns from the decisions alone: what S3 holds already, what the remote no longer has, and first
 * sights of files whose times say no age.
 * @param truncated a truncated listing says nothing about what it does not name.
 * @param listedAt when the listing was asked for, ISO 8601.
 * @returns `undefined` where it learns nothing, as of an unchanged folder. What is known under the server's former name is
 *   all new to it.
 */
export function ledgerChanges(
  decided: readonly DecidedFile[],
  ledger: FolderLedger,
  truncated: boolean,
  listedAt: string,
): LedgerChanges | undefined {
  const set = new Map(
    decided
      .filter(({ decision }) => isSkippedAs(decision, "already-in-s3"))
      .map(({ file: { name, size, modified } }): [string, LedgerEntry] => [name, { size, modified }]),
  );
  const listed = new Set(decided.map(({ file }) => file.name));
  const known = [...ledger.files.keys(), ...ledger.unconfirmed.keys()];
  const remove = truncated ? [] : known.filter((name) => !listed.has(name));
  const firstSeen = firstSights(decided, ledger, listedAt);
  const sightsChanged = JSON.stringify([...firstSeen]) !== JSON.stringify([...ledger.firstSeen]);
  const learns = set.size > 0 || remove.length > 0 || sightsChanged || ledger.isFormer === true;
  return learns ? { set, remove, firstSeen } : undefined;
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
  for (const { file, decision } of decided) {
    if (!hasNoAge(file, new Date(listedAt))) {
      continue;
    }
    const before = asListed(firstSeen, file);
    if (isSkippedAs(decision, "settling")) {
      sights.set(file.name, before ?? { at: listedAt, size: file.size, modified: file.modified });
    } else if (decision.action === "transfer" && before !== undefined) {
      sights.set(file.name, before);
    }
  }
  return sights;
}

function isSkippedAs(decision: DecidedFile["decision"], reason: SkipReason): boolean {
  return decision.action === "skip" && decision.reason === reason;
}
