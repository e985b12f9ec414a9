import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { Construct } from "constructs";
import type { Settings } from "../../config/settings/settings";
import { RUNS_PREFIX } from "../../contract/layout";
import { listResultsPolicy } from "../policies/list-results-policy";
import { policyDocument } from "../policies/policy-document";
import type { AwsEnvironment } from "../terraform/aws-environment";
import type { EncryptionKey } from "./encryption-key";

export interface ListResultsBucketProps {
  readonly aws: AwsEnvironment;
  readonly settings: Settings;
  readonly bucketName: string;
  /** Key of the default encryption. It outlives the bucket: one that is not empty stops a destroy before the key goes. */
  readonly key: EncryptionKey;
}

/**
 * The bucket for listings, work state, reports, ledgers and locks: encrypted, private, TLS only, written by this
 * installation's roles alone. What belongs to runs expires; ledgers and locks stay. Grants nothing.
 */
export class ListResultsBucket extends Construct {
  readonly arn: string;
  readonly bucketName: string;

  constructor(scope: Construct, id: string, { aws, settings, bucketName, key }: ListResultsBucketProps) {
    super(scope, id);
    const bucket = new S3Bucket(this, "bucket", {
      bucket: bucketName,
      forceDestroy: settings.forceDestroy,
      dependsOn: [key.resource],
    });
    this.arn = bucket.arn;
    this.bucketName = bucket.bucket;
    this.encrypt(key.arn);
    this.closeToOthers(aws, settings);
    this.expireRuns(settings.listResultsRetentionDays);
  }

  private encrypt(keyArn: string): void {
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption_configuration", {
      bucket: this.bucketName,
      rule: [
        {
          // One call to KMS for many objects: a run writes one object per folder.
          bucketKeyEnabled: true,
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
        },
      ],
    });
  }

  private closeToOthers(aws: AwsEnvironment, { namePrefix }: Settings): void {
    const publicAccess = new S3BucketPublicAccessBlock(this, "public_access_block", {
      bucket: this.bucketName,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership_controls", {
      bucket: this.bucketName,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketPolicy(this, "policy", {
      bucket: this.bucketName,
      policy: policyDocument(listResultsPolicy(this.arn, aws.roleArn(`${namePrefix}-*`))),
      // S3 refuses two changes of one bucket's access settings at the same time.
      dependsOn: [publicAccess],
    });
  }

  private expireRuns(days: number): void {
    new S3BucketLifecycleConfiguration(this, "lifecycle_configuration", {
      bucket: this.bucketName,
      rule: [
        {
          id: "expire-runs",
          status: "Enabled",
          filter: [{ prefix: RUNS_PREFIX }],
          expiration: [{ days }],
        },
        {
          id: "abort-incomplete-uploads",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
  }
}
