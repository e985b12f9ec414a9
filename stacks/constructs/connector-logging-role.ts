import type { Construct } from "constructs";
import { connectorLogGroup } from "../naming/names";
import type { AwsEnvironment } from "../terraform/aws-environment";
import { ServiceRole } from "./service-role";

export interface ConnectorLoggingRoleProps {
  readonly aws: AwsEnvironment;
  readonly roleName: string;
}

/**
 * The role under which all connectors write their logs. It may create their log groups, as the service's own policy for
 * logging has it (AWSTransferLoggingAccess): whether it insists on that where the group is there is documented nowhere. Which
 * source the service names when it assumes a logging role is not documented either, so that only the account is checked.
 */
export class ConnectorLoggingRole extends ServiceRole {
  constructor(scope: Construct, id: string, { aws, roleName }: ConnectorLoggingRoleProps) {
    super(scope, id, {
      aws,
      roleName,
      part: "connector-logging",
      description: "SFTP connectors write their logs",
      service: "transfer.amazonaws.com",
      onBehalfOf: "account",
      statements: [
        {
          sid: "WriteToConnectorLogGroups",
          actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [aws.arn("logs", `log-group:${connectorLogGroup("c-*")}`)],
        },
      ],
    });
  }
}
