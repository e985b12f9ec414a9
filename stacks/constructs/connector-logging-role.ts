import type { Construct } from "constructs";
import type { AwsEnvironment } from "../terraform/aws-environment";
import { ServiceRole } from "./service-role";

export interface ConnectorLoggingRoleProps {
  readonly aws: AwsEnvironment;
  readonly roleName: string;
}

/**
 * The role under which all connectors write their logs. It may write to connectors' log groups but create none: they
 * come from the server stacks, with retention, and the service must not be first.
 */
export class ConnectorLoggingRole extends ServiceRole {
  constructor(scope: Construct, id: string, { aws, roleName }: ConnectorLoggingRoleProps) {
    super(scope, id, {
      aws,
      roleName,
      description: "SFTP connectors write their logs",
      service: "transfer.amazonaws.com",
      sourceArn: aws.arn("transfer", "connector/*"),
      statements: [
        {
          sid: "WriteToConnectorLogGroups",
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [aws.arn("logs", "log-group:/aws/transfer/c-*")],
        },
      ],
    });
  }
}
