/** Top-level prefixes of the list-results bucket: runs expire by lifecycle, ledgers and locks stay. */
export const RUNS_PREFIX = "runs/";
export const LEDGER_PREFIX = "ledger/";
export const LOCKS_PREFIX = "locks/";

/** Appended to a listing's own key by the recorder of listings that may have no output. */
export const LISTING_FAILED_SUFFIX = ".failed";
/** Completed without items. */
export const LISTING_EMPTY_SUFFIX = ".empty";
/** Completed, and it is not known with how many items. */
export const LISTING_COMPLETED_SUFFIX = ".completed";
