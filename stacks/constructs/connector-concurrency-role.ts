import type { Construct } from "constructs";
import { INSTALLATION_TAG } from "../../config/naming/tags";
import { lambdaLogGroup, type SharedNames } from "../naming/names";
import { writeLogs } from "../policies/policy-statements";
import type { AwsEnvironment } from "../terraform/aws-environment";
import { ServiceRole } from "./service-role";

export interface ConnectorConcurrencyRoleProps {
  readonly aws: AwsEnvironment;
  readonly names: SharedNames;
  /** Of the installation whose connectors are meant. */
  readonly namePrefix: string;
}

/**
 * The role of the function that sets connectors' concurrency: describes and updates this installation's connectors, which
 * their tag tells from others of this account and Region.
 * It may pass no role: AWS lists iam:PassRole beside UpdateConnector, but a request that names no role passes none. That is
 * nowhere documented; were it otherwise, the apply would fail with the refusal in its message.
 */
export class ConnectorConcurrencyRole extends ServiceRole {
  constructor(scope: Construct, id: string, { aws, names, namePrefix }: ConnectorConcurrencyRoleProps) {
    super(scope, id, {
      aws,
      roleName: names.connectorConcurrencyRole,
      part: "connector-concurrency",
      description: "Sets the concurrency of SFTP connectors",
      service: "lambda.amazonaws.com",
      onBehalfOf: "anybody",
      statements: [
        {
          sid: "SetConcurrency",
          actions: ["transfer:DescribeConnector", "transfer:UpdateConnector"],
          // Connectors come later, each from its own stack, and their ids are the service's.
          resources: [aws.arn("transfer", "connector/*")],
          // Both actions take it for a connector (Service Authorization Reference, AWS Transfer Family). A server's stack tags
          // its connector before it invokes the function, which waits while a tag is too new to be known.
          conditions: { StringEquals: { [`aws:ResourceTag/${INSTALLATION_TAG}`]: namePrefix } },
        },
        writeLogs(aws, [lambdaLogGroup(names.connectorConcurrencyFunction)]),
      ],
    });
  }
}
