import { targetPlaces } from "../../config/naming/target-places";
import type { Settings } from "../../config/settings/settings";
import { placesAllowedTo, refusedPart } from "../../config/settings/target-buckets";
import type { ServerDefinition, SyncDefinition } from "../../contract/model";
import type { AwsEnvironment } from "../terraform/aws-environment";

/** Where a server's syncs write to, each place once, in a fixed order. */
export interface SyncTargets {
  /** ARNs of the target buckets with the key patterns that belong to the syncs. */
  readonly buckets: readonly { readonly arn: string; readonly keyPatterns: readonly string[] }[];
  /** ARNs of all objects that belong to the syncs: `bucket/prefix/folder/*`. */
  readonly objectArns: readonly string[];
  /**
   * ARNs of the folders themselves, without a slash at their end: what the connector may ask for of the directory that it is
   * told to write to is documented nowhere.
   */
  readonly folderArns: readonly string[];
  /** Accounts to one of which a target bucket has to belong: this one first. */
  readonly accounts: readonly string[];
  /** Keys of those target buckets that have one of their own. */
  readonly keyArns: readonly string[];
}

/** What the policies of a server name of its syncs' targets. */
export function syncTargets(
  aws: AwsEnvironment,
  { targetAccounts }: Settings,
  syncs: readonly SyncDefinition[],
): SyncTargets {
  const { buckets: places } = targetPlaces(syncs.map(({ setting }) => setting));
  const buckets = places.map(({ bucket, patterns }) => ({ arn: aws.bucketArn(bucket), keyPatterns: patterns }));
  const keyArns = syncs.flatMap(({ setting }) => setting.LocalRepository.KmsKeyArn ?? []);
  return {
    buckets,
    objectArns: places.flatMap(({ bucket, patterns }) => patterns.map((pattern) => aws.bucketArn(bucket, pattern))),
    folderArns: places.flatMap(({ bucket, folders }) => folders.map((folder) => aws.bucketArn(bucket, folder))),
    accounts: [aws.accountId, ...[...new Set(targetAccounts)].sort()],
    keyArns: [...new Set(keyArns)].sort(),
  };
}

/**
 * What is validated before is not left to that alone: no policy is written for a place that the settings do not allow.
 * @throws Error naming the first such sync.
 */
export function refuseForeignTargets(settings: Settings, { name, syncs }: ServerDefinition): void {
  const { targetBuckets, stateBuckets = [] } = settings;
  const intoStates = syncs.find(({ setting }) => stateBuckets.includes(setting.LocalRepository.BucketName));
  if (intoStates !== undefined) {
    throw new Error(`The sync ${intoStates.setting.Name} of ${name} writes into a bucket of Terraform's states.`);
  }
  const places = placesAllowedTo(name, targetBuckets);
  const foreign = syncs.find(({ setting }) => refusedPart(places, setting.LocalRepository) !== undefined);
  if (foreign !== undefined) {
    const { Name, LocalRepository } = foreign.setting;
    throw new Error(
      `The sync ${Name} of ${name} writes to s3://${LocalRepository.BucketName}/${LocalRepository.Prefix}, which targetBuckets ` +
        `does not allow (allowed: ${places?.join(", ") || "no bucket"}).`,
    );
  }
}
