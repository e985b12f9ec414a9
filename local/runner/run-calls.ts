import type { S3Store } from "../s3/s3-store";
import type { LocalCloud } from "./local-cloud";

/** Calls that a run made. */
export interface RunCalls {
  readonly StartDirectoryListing: number;
  readonly StartFileTransfer: number;
  readonly ListFileTransferResults: number;
  /** What the Lambdas asked of the target bucket; the connector's own writes do not count. */
  readonly TargetBucketRequests: number;
}

export function callsSoFar(cloud: LocalCloud, store: S3Store, targetBucket: string): RunCalls {
  const { StartDirectoryListing, StartFileTransfer, ListFileTransferResults } = cloud.calls;
  return {
    StartDirectoryListing,
    StartFileTransfer,
    ListFileTransferResults,
    TargetBucketRequests: store.requests(targetBucket),
  };
}

export function callsBetween(before: RunCalls, after: RunCalls): RunCalls {
  return {
    StartDirectoryListing: after.StartDirectoryListing - before.StartDirectoryListing,
    StartFileTransfer: after.StartFileTransfer - before.StartFileTransfer,
    ListFileTransferResults: after.ListFileTransferResults - before.ListFileTransferResults,
    TargetBucketRequests: after.TargetBucketRequests - before.TargetBucketRequests,
  };
}
