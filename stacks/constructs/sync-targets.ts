import { asPolicyText } from "../../config/naming/policy-text";
import type { Settings } from "../../config/settings/settings";
import { placesAllowedTo, refusedPart } from "../../config/settings/target-buckets";
import { objectKey } from "../../contract/file-place";
import { throughFirstTag, withTagsAs } from "../../contract/folder-tags";
import type { ServerDefinition, SyncDefinition } from "../../contract/model";
import type { SyncSetting } from "../../contract/sync-setting";
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

/**
 * Characters that may be spent on folders in a policy. The limit is 10,240 for all of a role's policies (IAM user guide), of
 * which an engine needs 3,500 for all else: 300 of them for as many `targetAccounts` as there may be.
 */
const ROOM_FOR_FOLDERS = 6500;

/**
 * Gathers the places of all syncs, each once and sorted: a policy does not depend on the syncs' order in the definition. A
 * place is `Prefix`, and `Folder` down to the first level that has date tags, with `?` for each of their digits: it is
 * everything below that level. Where a policy has no room for all of that, it is `Prefix` alone.
 */
export function syncTargets(
  aws: AwsEnvironment,
  { targetAccounts }: Settings,
  syncs: readonly SyncDefinition[],
): SyncTargets {
  const byFolder = placesOf(syncs, folderPlace);
  const places = charactersOf(byFolder) <= ROOM_FOR_FOLDERS ? byFolder : placesOf(syncs, prefixPlace);
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

/** A part of a bucket: as it stands in a policy. */
interface Place {
  /** Of the keys. */
  readonly pattern: string;
  /** The key of the folder itself, where the pattern is all that lies in one, also for folders of which each day has its own. */
  readonly folder?: string;
}

interface BucketPlaces {
  readonly bucket: string;
  readonly patterns: readonly string[];
  readonly folders: readonly string[];
}

function placesOf(syncs: readonly SyncDefinition[], placeOf: (setting: SyncSetting) => Place): BucketPlaces[] {
  const buckets = [...new Set(syncs.map(({ setting }) => setting.LocalRepository.BucketName))].sort();
  return buckets.map((bucket) => {
    const places = syncs.filter(({ setting }) => setting.LocalRepository.BucketName === bucket);
    const all = places.map(({ setting }) => placeOf(setting));
    const patterns = withoutCovered(all.map(({ pattern }) => pattern));
    const folders = withoutCovered([...patterns, ...all.flatMap(({ folder }) => folder ?? [])]);
    return { bucket, patterns, folders: folders.filter((folder) => !patterns.includes(folder)) };
  });
}

/** As earlier versions had it for every sync. */
function prefixPlace({ LocalRepository: { Prefix } }: SyncSetting): Place {
  return { pattern: Prefix === "" ? "*" : `${prefixPattern(Prefix)}/*` };
}

function folderPlace(setting: SyncSetting): Place {
  const { Prefix } = setting.LocalRepository;
  const { Folder } = setting.RemoteFolders;
  if (Folder === "/") {
    return prefixPlace(setting);
  }
  // A prefix has no tags: %year% in one stands for itself.
  const folder = objectKey(prefixPattern(Prefix), withTagsAs("?", prefixPattern(throughFirstTag(Folder))));
  return { pattern: `${folder}/*`, folder };
}

/** Each once, sorted, without those that another one takes in: `in/orders/*` beside `in/*`. */
function withoutCovered(patterns: readonly string[]): string[] {
  const isCovered = (pattern: string) =>
    patterns.some((other) => other !== pattern && other.endsWith("*") && pattern.startsWith(other.slice(0, -1)));
  return [...new Set(patterns)].filter((pattern) => !isCovered(pattern)).sort();
}

/** What an engine's policy, the longest, spends on them: each pattern as a resource, and in the condition of a listing. */
function charactersOf(buckets: readonly BucketPlaces[]): number {
  const sizes = buckets.map(({ bucket, patterns }) => {
    const resources = patterns.map((pattern) => CHARACTERS_OF_RESOURCE + bucket.length + 2 * pattern.length);
    return resources.reduce((sum, size) => sum + size, CHARACTERS_OF_LISTING + bucket.length);
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Of the policy's own words: quotes, commas, and the beginnings of ARNs. */
const CHARACTERS_OF_RESOURCE = 30;
const CHARACTERS_OF_LISTING = 180;

/**
 * IAM reads `*`, `?` and `${` in a pattern as its own, and `${*}`, `${?}`, `${$}` as the plain character. For characters
 * that no policy can hold stands `*`, and the pattern is wider than the prefix then.
 */
function prefixPattern(prefix: string): string {
  return asPolicyText(prefix.replace(/[*?$]/g, (character) => `\${${character}}`));
}
