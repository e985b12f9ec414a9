import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { Construct } from "constructs";

export interface AwsEnvironmentProps {
  /** Region of the stack. */
  readonly region: string;
}

/** Where a stack is deployed: looks up account and partition, and builds ARNs of things that go by name. */
export class AwsEnvironment extends Construct {
  readonly accountId: string;
  readonly region: string;
  /** `aws`, `aws-us-gov`, `aws-cn`: ARNs of one do not hold in another. */
  readonly partition: string;

  constructor(scope: Construct, id: string, { region }: AwsEnvironmentProps) {
    super(scope, id);
    this.region = region;
    this.accountId = new DataAwsCallerIdentity(this, "caller_identity").accountId;
    this.partition = new DataAwsPartition(this, "partition").partition;
  }

  /** ARN in this account and Region; `resource` is all that follows the account, such as `connector/*`. */
  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  }

  /** ARN of the account's root user, which stands for the account itself in a policy. */
  get accountRoot(): string {
    return `arn:${this.partition}:iam::${this.accountId}:root`;
  }

  /** ARN of roles of this account, whose name may have wildcards. */
  roleArn(name: string): string {
    return `arn:${this.partition}:iam::${this.accountId}:role/${name}`;
  }

  /** ARN of a bucket, or with `path` of objects in it. */
  bucketArn(bucket: string, path?: string): string {
    return `arn:${this.partition}:s3:::${bucket}${path === undefined ? "" : `/${path}`}`;
  }
}
