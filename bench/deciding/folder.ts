import { EMPTY_LEDGER, type VerifiedFile } from "../../engine/ledger/ledger";
import { formatLedger } from "../../engine/ledger/ledger-file";
import { plainListing } from "../../simulation/plain-listing";
import type { Version } from "../../simulation/remote-tree";

/** The remote folder that is decided. */
export const FOLDER = "/outgoing/invoices/2026";

const FIRST_TIME = Date.parse("2026-01-01T00:00:00Z");

/** As a connector writes it, and as a run before has left it: texts of JSON. */
export interface ListedAndKnown {
  readonly listing: string;
  readonly ledger: string;
}

/**
 * A folder of so many files that the ledger knows, each with a time of its own.
 * @param changed how many of them are listed otherwise than they are known, evenly spread.
 */
export function listedAndKnown(entries: number, changed: number): ListedAndKnown {
  const listed = new Map<string, Version>();
  const known = new Map<string, VerifiedFile>();
  for (let index = 0; index < entries; index += 1) {
    const name = `invoice-${String(index).padStart(6, "0")}.xml`;
    const bytes = 10_000 + index;
    const modified = timeAt(index);
    listed.set(`${FOLDER}/${name}`, { content: "", bytes, size: bytes, modified });
    known.set(name, isChanged(index, entries, changed) ? { size: bytes - 1, modified } : { size: bytes, modified });
  }
  const snapshot = {
    folder: FOLDER,
    files: listed,
    folders: [],
    truncated: false,
    strangers: [],
    listedAt: new Date(),
  };
  return {
    listing: plainListing(snapshot, "false"),
    ledger: formatLedger(FOLDER, { ...EMPTY_LEDGER, files: known, listedAt: timeAt(entries) }),
  };
}

function isChanged(index: number, entries: number, changed: number): boolean {
  return Math.floor(((index + 1) * changed) / entries) > Math.floor((index * changed) / entries);
}

function timeAt(index: number): string {
  return new Date(FIRST_TIME + index * 1000).toISOString();
}
