import type { FolderLedger, Gone, LedgerChanges, Mark, Sight } from "./ledger";

/** Names of one folder that are remembered after they are gone: the latest. Beyond it, S3 alone is asked, as without a ledger. */
const MAX_GONE = 10_000;

/** How long they are. */
const GONE_DAYS = 180;

/** Merging the same changes again changes nothing. */
export function merge(ledger: FolderLedger, changes: LedgerChanges): FolderLedger {
  const files = new Map(ledger.files);
  const marks = new Map(ledger.marks);
  const gone = new Map(ledger.gone);
  for (const [name, left] of changes.gone ?? []) {
    files.delete(name);
    marks.delete(name);
    gone.set(name, left);
  }
  for (const [name, sight] of changes.send ?? []) {
    marks.set(name, sentAgain(marks.get(name), sight));
  }
  for (const [name, { mark, ...outcome }] of changes.unverified ?? []) {
    marks.set(name, { ...(marks.get(name) ?? mark), ...outcome });
  }
  for (const [name, verified] of changes.set ?? []) {
    files.set(name, verified);
    marks.delete(name);
    gone.delete(name);
  }
  const listedAt = changes.listedAt ?? ledger.listedAt;
  const { notFound = ledger.notFound ?? null } = changes;
  return {
    files,
    marks,
    gone: kept(gone, listedAt),
    firstSeen: changes.firstSeen ?? ledger.firstSeen,
    folders: changes.folders ?? ledger.folders,
    notFound: notFound ?? undefined,
    listedAt,
    isFormer: false,
  };
}

/** What its earlier attempts left in S3 may still be there: the time of the first one counts. */
function sentAgain(before: Mark | undefined, { at, size, modified }: Sight): Mark {
  return before === undefined ? { at, size, modified } : { ...before, size, modified };
}

function kept(gone: ReadonlyMap<string, Gone>, listedAt: string | undefined): ReadonlyMap<string, Gone> {
  const oldest = listedAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(listedAt) - GONE_DAYS * 86_400_000;
  const young = [...gone].filter(([, { at }]) => Date.parse(at) >= oldest);
  if (young.length <= MAX_GONE) {
    return new Map(young);
  }
  const latest = young.sort(([, a], [, b]) => Date.parse(a.at) - Date.parse(b.at)).slice(-MAX_GONE);
  return new Map(latest);
}
