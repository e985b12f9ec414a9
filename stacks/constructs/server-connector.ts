import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsTransferConnector } from "@cdktf/provider-aws/lib/data-aws-transfer-connector";
import { TransferConnector } from "@cdktf/provider-aws/lib/transfer-connector";
import { Construct } from "constructs";
import { INSTALLATION_TAG } from "../../config/naming/tags";
import type { Settings } from "../../config/settings/settings";
import type { ServerDefinition } from "../../contract/model";
import { connectorLogGroup } from "../naming/names";
import type { SharedOutputs } from "../terraform/shared-outputs";
import { literal } from "../terraform/terraform-text";
import type { ServiceRole } from "./service-role";

export interface ServerConnectorProps {
  readonly settings: Settings;
  readonly server: ServerDefinition;
  readonly secretArn: string;
  readonly accessRole: ServiceRole;
  readonly shared: SharedOutputs;
}

/**
 * The server's SFTP connector and the log group that the service writes to. The group can only follow the connector,
 * since its name holds the connector's id. Nothing starts a run before it is there: the service, which may create the group too,
 * must not be first, or Terraform could not.
 */
export class ServerConnector extends Construct {
  readonly resource: TransferConnector;
  /** `c-` and 17 hexadecimal digits. */
  readonly connectorId: string;
  readonly arn: string;
  /** Addresses that the remote server's owner has to let in. */
  readonly egressIps: string[];
  readonly logGroup: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, { settings, server, secretArn, accessRole, shared }: ServerConnectorProps) {
    super(scope, id);
    this.resource = new TransferConnector(this, "connector", {
      url: `sftp://${literal(server.url)}`,
      accessRole: accessRole.arn,
      loggingRole: shared.connectorLoggingRoleArn,
      securityPolicyName: server.securityPolicyName,
      sftpConfig: { userSecretId: secretArn, trustedHostKeys: [...server.trustedHostKeys] },
      tags: { Name: server.name, [INSTALLATION_TAG]: settings.namePrefix },
      dependsOn: [accessRole.policy],
    });
    this.connectorId = this.resource.connectorId;
    this.arn = this.resource.arn;
    this.logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: connectorLogGroup(this.connectorId),
      retentionInDays: settings.logRetentionDays,
      kmsKeyId: shared.keyArn,
    });
    const deployed = new DataAwsTransferConnector(this, "data", { id: this.connectorId });
    this.egressIps = deployed.serviceManagedEgressIpAddresses;
  }
}
