import type { AwsEnvironment } from "../terraform/aws-environment";
import type { PolicyStatement } from "./policy-document";

/** Lets a function write to the given log groups, which exist already. */
export function writeLogs(aws: AwsEnvironment, logGroups: readonly string[]): PolicyStatement {
  return {
    sid: "WriteLogs",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: logGroups.map((name) => aws.arn("logs", `log-group:${name}:*`)),
  };
}

/**
 * Lets S3 name the keys below some prefixes of a bucket, and tell a missing object from a forbidden one: without
 * s3:ListBucket both are a 403. A HEAD or GET carries no prefix, hence `IfExists`; a listing of the whole bucket carries
 * none either, and nothing tells the two apart, so the names of all keys are to be had, though nothing else.
 */
export function listBelow(sid: string, bucketArn: string, prefixes: readonly string[]): PolicyStatement {
  return {
    sid,
    actions: ["s3:ListBucket"],
    resources: [bucketArn],
    conditions: { StringLikeIfExists: { "s3:prefix": prefixes } },
  };
}

/**
 * Keeps a role from every bucket that belongs to none of the accounts, whatever else its policy allows: a bucket's name says
 * nothing about whose it is. A denial is as long for many buckets as for one. Every request to S3 has the key; one without it
 * would be denied too (IAM user guide, "AWS global condition context keys" and "Negated matching condition operators").
 */
export function denyBucketsOfOthers(accounts: readonly string[]): PolicyStatement {
  return {
    sid: "DenyBucketsOfOtherAccounts",
    effect: "Deny",
    actions: ["s3:*"],
    resources: ["*"],
    conditions: { StringNotEquals: { "aws:ResourceAccount": accounts } },
  };
}

export interface KeyUse {
  /** The service that uses the key for whoever calls it. */
  readonly service: "s3" | "secretsmanager" | "sns" | "sqs";
  /** `*` where it is the key's own. */
  readonly region: string;
  /** Default: both that reading and writing take. */
  readonly actions?: readonly `kms:${string}`[];
}

/**
 * Lets keys be used, but only by what a service does for the role. `kms:ViaService` is `SERVICE.REGION.` and a domain, which
 * differs by partition; nobody but KMS can set it.
 */
export function useKeys(
  sid: string,
  keyArns: readonly string[],
  { service, region, actions = ["kms:Decrypt", "kms:GenerateDataKey"] }: KeyUse,
): PolicyStatement {
  return {
    sid,
    actions,
    resources: keyArns,
    conditions: { StringLike: { "kms:ViaService": `${service}.${region}.*` } },
  };
}
