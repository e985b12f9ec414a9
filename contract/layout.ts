/** Top-level prefixes of the list-results bucket: runs expire by lifecycle, ledgers and locks stay. */
export const RUNS_PREFIX = "runs/";
export const LEDGER_PREFIX = "ledger/";
export const LOCKS_PREFIX = "locks/";

/** Appended to a listing's own key by the recorder of failed listings. */
export const LISTING_FAILED_SUFFIX = ".failed";
