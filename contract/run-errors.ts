/**
 * The names under which a run fails. They appear as the execution's error, in the report and in the notification, and
 * Step Functions matches Retry and Catch on them: error classes and the state machine both take them from here.
 */
export const RUN_ERROR_NAMES = [
  "ListingFailed",
  "ListingTimedOut",
  "ListingTruncated",
  "TransferIncomplete",
  "RemoteFolderMissing",
  "CredentialsMissing",
  "ConnectorNotReady",
  "LedgerTooNew",
  "RunTimedOut",
  "RunLimitReached",
  "InvalidEvent",
] as const;

export type RunErrorName = (typeof RUN_ERROR_NAMES)[number];

/** Another invocation of the same slice got ahead: safe to repeat, so the state machine retries on it. */
export const SLICE_SUPERSEDED = "SliceSuperseded";
