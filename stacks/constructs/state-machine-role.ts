import type { Construct } from "constructs";
import type { PolicyStatement } from "../policies/policy-document";
import { useKeys } from "../policies/policy-statements";
import type { RunFunctions } from "../state-machine/definition";
import type { AwsEnvironment } from "../terraform/aws-environment";
import type { SharedOutputs } from "../terraform/shared-outputs";
import { ServiceRole } from "./service-role";

export interface StateMachineRoleProps {
  readonly aws: AwsEnvironment;
  readonly roleName: string;
  readonly server: string;
  readonly functions: RunFunctions;
  readonly shared: SharedOutputs;
}

/** The role of a server's state machine: invokes the run's functions, publishes failures, delivers its own log. */
export class StateMachineRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: StateMachineRoleProps) {
    const { aws, roleName, server, functions, shared } = props;
    super(scope, id, {
      aws,
      roleName,
      part: "state-machine",
      server,
      description: `State machine of the SFTP sync ${server}`,
      service: "states.amazonaws.com",
      // As documented: every state machine of this account and Region (Step Functions developer guide, "Prevent
      // cross-service confused deputy issue").
      onBehalfOf: { sourceArn: aws.arn("states", "stateMachine:*") },
      statements: [
        { sid: "InvokeFunctions", actions: ["lambda:InvokeFunction"], resources: Object.values(functions) },
        { sid: "PublishFailures", actions: ["sns:Publish"], resources: [shared.topicArn] },
        useKeys("UseTopicKey", [shared.keyArn], { service: "sns", region: aws.region }),
        deliverLogs,
      ],
    });
  }
}

/** CloudWatch Logs has no resource to narrow log delivery to (Step Functions developer guide, "Logging"). */
const deliverLogs: PolicyStatement = {
  sid: "DeliverLogs",
  actions: [
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
  ],
  resources: ["*"],
};
