import type { Construct } from "constructs";
import { LEDGER_PREFIX, LOCKS_PREFIX, RUNS_PREFIX } from "../../config/layout";
import { lambdaLogGroup } from "../names";
import type { PolicyStatement } from "../policy-document";
import { listBelow, writeLogs } from "../policy-statements";
import type { SharedOutputs } from "../shared-outputs";
import type { AwsEnvironment } from "./aws-environment";
import { ServiceRole } from "./service-role";
import type { SyncTargets } from "./sync-targets";

export interface EngineRoleProps {
  readonly aws: AwsEnvironment;
  readonly roleName: string;
  readonly server: string;
  readonly functionNames: readonly string[];
  readonly connectorArn: string;
  readonly secretArn: string;
  readonly stateMachineName: string;
  readonly shared: SharedOutputs;
  readonly targets: SyncTargets;
}

/**
 * The one role of a server's run functions. Starts listings and transfers on this connector, keeps the server's part of
 * the list-results bucket, looks at (never writes) the target prefixes, and sees whether the secret has a value.
 */
export class EngineRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: EngineRoleProps) {
    super(scope, id, {
      aws: props.aws,
      roleName: props.roleName,
      description: `Run functions of the SFTP sync ${props.server}`,
      service: "lambda.amazonaws.com",
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

function ownObjects({ server, shared }: EngineRoleProps): PolicyStatement[] {
  const prefixes = [LEDGER_PREFIX, LOCKS_PREFIX, RUNS_PREFIX].map((prefix) => `${prefix}${server}/`);
  return [
    {
      sid: "KeepWorkState",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: prefixes.map((prefix) => `${shared.listResultsBucketArn}/${prefix}*`),
    },
    listBelow(
      "ListWorkState",
      shared.listResultsBucketArn,
      prefixes.map((prefix) => `${prefix}*`),
    ),
    { sid: "UseSharedKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [shared.keyArn] },
  ];
}

function targetObjects({ targets }: EngineRoleProps): PolicyStatement[] {
  return [
    { sid: "LookAtTargetObjects", actions: ["s3:GetObject"], resources: targets.objectArns },
    ...targets.buckets.map(({ arn, keyPatterns }, index) => listBelow(`ListTargetObjects${index}`, arn, keyPatterns)),
    ...(targets.keyArns.length === 0
      ? []
      : [{ sid: "UseTargetKeys", actions: ["kms:Decrypt"], resources: targets.keyArns }]),
  ];
}
