/** Requests to S3, by the names of the API. */
export const S3_OPERATIONS = ["GetObject", "HeadObject", "PutObject", "DeleteObject", "ListObjectsV2"] as const;

/** Requests to the connector. */
export const CONNECTOR_OPERATIONS = [
  "StartDirectoryListing",
  "StartFileTransfer",
  "ListFileTransferResults",
  "DescribeConnector",
] as const;

/** Everything that the functions ask of AWS. */
export const OPERATIONS = [
  ...CONNECTOR_OPERATIONS,
  ...S3_OPERATIONS,
  "DescribeSecret",
  "DescribeExecution",
  "StartExecution",
] as const;

/** Requests that change something: losing their answer is another matter than losing the request. */
export const CHANGING_OPERATIONS = [
  "StartDirectoryListing",
  "StartFileTransfer",
  "PutObject",
  "DeleteObject",
  "StartExecution",
] as const;

/** The functions, by the folders of their sources. */
export const FUNCTIONS = [
  "remote-folders-list",
  "get-list-status",
  "sync-remote-folder",
  "finish-run",
  "record-listing-failure",
] as const;

/** A connector's events, by what they tell. */
export const EVENTS = ["listing-completed", "listing-failed", "file-completed", "file-failed"] as const;
