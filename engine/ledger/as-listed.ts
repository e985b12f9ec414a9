import type { FileItem } from "../work/items";
import type { LedgerEntry } from "./ledger";

/** What is known of a file, provided that it is still listed so. */
export function asListed<T extends LedgerEntry>(known: ReadonlyMap<string, T>, file: FileItem): T | undefined {
  const entry = known.get(file.name);
  return entry !== undefined && isSame(file, entry) ? entry : undefined;
}

/** An entry without a time or a size is judged by what it has; with neither, being known is all that can be said. */
function isSame(file: FileItem, known: LedgerEntry): boolean {
  const sameSize = file.size === undefined || known.size === undefined || file.size === known.size;
  const sameTime =
    file.modified === undefined ||
    known.modified === undefined ||
    file.modified === known.modified ||
    Date.parse(file.modified) === Date.parse(known.modified);
  return sameSize && sameTime;
}
