import type { SyncDefinition } from "../../contract/model";
import type { AwsEnvironment } from "../terraform/aws-environment";

/** Where a server's syncs write to, each place once, in a fixed order. */
export interface SyncTargets {
  /** ARNs of the target buckets with the key patterns that belong to the syncs. */
  readonly buckets: readonly { readonly arn: string; readonly keyPatterns: readonly string[] }[];
  /** ARNs of all objects that belong to the syncs: `bucket/prefix/*`. */
  readonly objectArns: readonly string[];
  /** Keys of those target buckets that have one of their own. */
  readonly keyArns: readonly string[];
}

/** Gathers the places of all syncs, each once and sorted: a policy does not depend on the syncs' order in the definition. */
export function syncTargets(aws: AwsEnvironment, syncs: readonly SyncDefinition[]): SyncTargets {
  const patterns = new Map<string, Set<string>>();
  const keyArns = new Set<string>();
  for (const { setting } of syncs) {
    const { BucketName, Prefix, KmsKeyArn } = setting.LocalRepository;
    const ofBucket = patterns.get(BucketName) ?? new Set<string>();
    patterns.set(BucketName, ofBucket.add(Prefix === "" ? "*" : `${prefixPattern(Prefix)}/*`));
    if (KmsKeyArn !== undefined) {
      keyArns.add(KmsKeyArn);
    }
  }
  const buckets = [...patterns].sort(byKey).map(([name, ofBucket]) => ({
    arn: aws.bucketArn(name),
    keyPatterns: [...ofBucket].sort(),
  }));
  const objectArns = buckets.flatMap(({ arn, keyPatterns }) => keyPatterns.map((pattern) => `${arn}/${pattern}`));
  return { buckets, objectArns, keyArns: [...keyArns].sort() };
}

/** What a policy cannot hold, of what a prefix can (IAM user guide, "IAM and AWS STS quotas"). */
const BEYOND_POLICIES = /[^\u0020-\u00ff]+/g;

/**
 * IAM reads `*`, `?` and `${` in a pattern as its own, and `${*}`, `${?}`, `${$}` as the plain character. For characters
 * that no policy can hold stands `*`, and the pattern is wider than the prefix then.
 */
function prefixPattern(prefix: string): string {
  return prefix.replace(/[*?$]/g, (character) => `\${${character}}`).replace(BEYOND_POLICIES, "*");
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
