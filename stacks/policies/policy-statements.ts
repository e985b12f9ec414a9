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
