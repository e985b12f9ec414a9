/** Top-level prefixes of the list-results bucket: runs expire by lifecycle, ledgers and locks stay. */
export const RUNS_PREFIX = "runs/";
export const LEDGER_PREFIX = "ledger/";
export const LOCKS_PREFIX = "locks/";

/** Within a run's part of `runs/`: what the connector writes, in one folder for each wave of listings. */
export const LISTINGS_FOLDER = "listings/";

/** Appended to a listing's own key by the recorder of listings that may have no output. */
export const LISTING_FAILED_SUFFIX = ".failed";
/** Completed without items. */
export const LISTING_EMPTY_SUFFIX = ".empty";
/** Completed, and it is not known with how many items. */
export const LISTING_COMPLETED_SUFFIX = ".completed";

/** All that the recorder may write: a listing's own key, which ends with `.json`, and one of these. */
export const LISTING_MARKER_SUFFIXES: readonly string[] = [
  LISTING_FAILED_SUFFIX,
  LISTING_EMPTY_SUFFIX,
  LISTING_COMPLETED_SUFFIX,
];
