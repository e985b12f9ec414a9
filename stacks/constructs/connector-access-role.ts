import type { Construct } from "constructs";
import { LISTINGS_FOLDER, RUNS_PREFIX } from "../../contract/layout";
import type { PolicyStatement } from "../policies/policy-document";
import { denyBucketsOfOthers, useKeys } from "../policies/policy-statements";
import type { AwsEnvironment } from "../terraform/aws-environment";
import type { SharedOutputs } from "../terraform/shared-outputs";
import { ServiceRole } from "./service-role";
import type { SyncTargets } from "./sync-targets";

export interface ConnectorAccessRoleProps {
  readonly aws: AwsEnvironment;
  readonly roleName: string;
  readonly server: string;
  readonly secretArn: string;
  readonly shared: SharedOutputs;
  readonly targets: SyncTargets;
}

/**
 * The role under which a server's connector acts: reads its secret, writes the listings of its runs, writes files below the
 * prefixes and folders of the server's syncs.
 */
export class ConnectorAccessRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: ConnectorAccessRoleProps) {
    super(scope, id, {
      aws: props.aws,
      roleName: props.roleName,
      part: "connector",
      server: props.server,
      description: `SFTP connector of ${props.server}: reads its secret, writes listings and files`,
      service: "transfer.amazonaws.com",
      onBehalfOf: { sourceArn: props.aws.arn("transfer", "connector/*") },
      statements: statements(props),
    });
  }
}

/**
 * The user guide's policy for SFTP connectors, narrowed to prefixes and without what only cross-account ACLs and versions
 * of objects would need. No condition on s3:ListBucket: which prefix the service asks for is nowhere documented.
 */
function statements({ aws, server, secretArn, shared, targets }: ConnectorAccessRoleProps): PolicyStatement[] {
  return [
    { sid: "ReadSecret", actions: ["secretsmanager:GetSecretValue"], resources: [secretArn] },
    {
      sid: "FindBuckets",
      actions: ["s3:GetBucketLocation", "s3:ListBucket"],
      resources: [shared.listResultsBucketArn, ...targets.buckets.map(({ arn }) => arn)],
    },
    {
      sid: "WriteObjects",
      actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [
        `${shared.listResultsBucketArn}/${RUNS_PREFIX}${server}/*/${LISTINGS_FOLDER}*`,
        ...targets.folderArns,
        ...targets.objectArns,
      ],
    },
    denyBucketsOfOthers(targets.accounts),
    useKeys("UseSecretKey", [shared.keyArn], {
      service: "secretsmanager",
      region: aws.region,
      actions: ["kms:Decrypt"],
    }),
    useKeys("UseSharedKey", [shared.keyArn], { service: "s3", region: aws.region }),
    // Of a target's bucket, which may be in another Region.
    ...(targets.keyArns.length === 0
      ? []
      : [useKeys("UseTargetKeys", targets.keyArns, { service: "s3", region: "*" })]),
  ];
}
