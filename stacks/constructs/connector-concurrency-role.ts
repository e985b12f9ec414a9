import type { Construct } from "constructs";
import { lambdaLogGroup, type SharedNames } from "../naming/names";
import { writeLogs } from "../policies/policy-statements";
import type { AwsEnvironment } from "../terraform/aws-environment";
import { ServiceRole } from "./service-role";

export interface ConnectorConcurrencyRoleProps {
  readonly aws: AwsEnvironment;
  readonly names: SharedNames;
}

/**
 * The role of the function that sets connectors' concurrency: describes and updates connectors of this account and Region.
 * It may pass no role: AWS lists iam:PassRole beside UpdateConnector, but a request that names no role passes none. That is
 * nowhere documented; were it otherwise, the apply would fail with the refusal in its message.
 */
export class ConnectorConcurrencyRole extends ServiceRole {
  constructor(scope: Construct, id: string, { aws, names }: ConnectorConcurrencyRoleProps) {
    super(scope, id, {
      aws,
      roleName: names.connectorConcurrencyRole,
      description: "Sets the concurrency of SFTP connectors",
      service: "lambda.amazonaws.com",
      onBehalfOf: "anybody",
      statements: [
        {
          sid: "SetConcurrency",
          actions: ["transfer:DescribeConnector", "transfer:UpdateConnector"],
          // Connectors come later, each from its own stack, and their ids are the service's.
          resources: [aws.arn("transfer", "connector/*")],
        },
        writeLogs(aws, [lambdaLogGroup(names.connectorConcurrencyFunction)]),
      ],
    });
  }
}
