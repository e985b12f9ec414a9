import type { Construct } from "constructs";
import { LEDGER_PREFIX, LOCKS_PREFIX, RUNS_PREFIX } from "../../contract/layout";
import { lambdaLogGroup } from "../naming/names";
import type { PolicyStatement } from "../policies/policy-document";
import { denyBucketsOfOthers, listBelow, useKeys, writeLogs } from "../policies/policy-statements";
import type { AwsEnvironment } from "../terraform/aws-environment";
import type { SharedOutputs } from "../terraform/shared-outputs";
import { ServiceRole } from "./service-role";
import type { SyncTargets } from "./sync-targets";

export interface EngineRoleProps {
  readonly aws: AwsEnvironment;
  readonly roleName: string;
  readonly server: string;
  readonly formerName: string | undefined;
  readonly functionNames: readonly string[];
  readonly connectorArn: string;
  readonly secretArn: string;
  readonly stateMachineName: string;
  readonly shared: SharedOutputs;
  readonly targets: SyncTargets;
}

/**
 * The one role of a server's run functions. Starts listings and transfers on this connector, keeps the server's part of
 * the list-results bucket (and reads the ledgers that it had under its former name), looks at (never writes) the target prefixes, and sees whether the secret has a value.
 */
export class EngineRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: EngineRoleProps) {
    super(scope, id, {
      aws: props.aws,
      roleName: props.roleName,
      part: "engine",
      server: props.server,
      description: `Run functions of the SFTP sync ${props.server}`,
      service: "lambda.amazonaws.com",
      onBehalfOf: "anybody",
      statements: [
        ...service(props),
        ...ownObjects(props),
        ...targetObjects(props),
        writeLogs(props.aws, props.functionNames.map(lambdaLogGroup)),
      ],
    });
  }
}

function service({ aws, connectorArn, secretArn, stateMachineName }: EngineRoleProps): PolicyStatement[] {
  return [
    {
      sid: "UseConnector",
      actions: [
        "transfer:DescribeConnector",
        "transfer:ListFileTransferResults",
        "transfer:StartDirectoryListing",
        "transfer:StartFileTransfer",
      ],
      resources: [connectorArn],
    },
    { sid: "SeeWhetherSecretHasValue", actions: ["secretsmanager:DescribeSecret"], resources: [secretArn] },
    {
      // By name: the state machine refers to the functions, and they to this role.
      sid: "SeeOwnExecutions",
      actions: ["states:DescribeExecution"],
      resources: [aws.arn("states", `execution:${stateMachineName}:*`)],
    },
    {
      sid: "GoOnInFurtherExecution",
      actions: ["states:StartExecution"],
      resources: [aws.arn("states", `stateMachine:${stateMachineName}`)],
    },
  ];
}

function ownObjects({ aws, server, formerName, shared }: EngineRoleProps): PolicyStatement[] {
  const formerLedgers = `${shared.listResultsBucketArn}/${LEDGER_PREFIX}${formerName}/*`;
  const ofServer = (prefixes: readonly string[]) => prefixes.map((prefix) => `${prefix}${server}/*`);
  const objects = (prefixes: readonly string[]) =>
    ofServer(prefixes).map((keys) => `${shared.listResultsBucketArn}/${keys}`);
  return [
    {
      sid: "KeepWorkState",
      actions: ["s3:GetObject", "s3:PutObject"],
      resources: objects([LEDGER_PREFIX, LOCKS_PREFIX, RUNS_PREFIX]),
    },
    ...(formerName === undefined
      ? []
      : [{ sid: "ReadFormerLedgers", actions: ["s3:GetObject"], resources: [formerLedgers] }]),
    { sid: "ReleaseLocks", actions: ["s3:DeleteObject"], resources: objects([LOCKS_PREFIX]) },
    listBelow("ListWorkState", shared.listResultsBucketArn, ofServer([LOCKS_PREFIX, RUNS_PREFIX])),
    useKeys("UseSharedKey", [shared.keyArn], { service: "s3", region: aws.region }),
  ];
}

/**
 * No kms:Decrypt on the target buckets' keys: a HEAD takes none (S3 API reference, HeadObject), and without it nobody can
 * read through these functions what lies under such a key.
 */
function targetObjects({ targets }: EngineRoleProps): PolicyStatement[] {
  return [
    { sid: "LookAtTargetObjects", actions: ["s3:GetObject"], resources: targets.objectArns },
    ...targets.buckets.map(({ arn, keyPatterns }, index) => listBelow(`ListTargetObjects${index}`, arn, keyPatterns)),
    denyBucketsOfOthers(targets.accounts),
  ];
}
