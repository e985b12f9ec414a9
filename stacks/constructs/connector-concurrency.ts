import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import type { TransferConnector } from "@cdktf/provider-aws/lib/transfer-connector";
import { Construct } from "constructs";
import type { ConcurrencyEvent } from "../../contract/concurrency-event";
import type { ServerDefinition } from "../../contract/model";
import type { SharedOutputs } from "../terraform/shared-outputs";
import { jsonText } from "../terraform/terraform-text";

export interface ConnectorConcurrencyProps {
  readonly server: ServerDefinition;
  readonly connector: TransferConnector;
  readonly secretArn: string;
  readonly shared: SharedOutputs;
}

/**
 * Sets the connector's concurrency, for which the provider has no argument and the API a default of 1: invokes the shared
 * function when the connector is created and when its configuration changes, since the provider's own update knows nothing
 * of it and may reset it. Grants nothing; whoever applies the stack needs lambda:InvokeFunction.
 */
export class ConnectorConcurrency extends Construct {
  /** What is to find the connector at its full speed depends on this. */
  readonly invocation: LambdaInvocation;

  constructor(scope: Construct, id: string, props: ConnectorConcurrencyProps) {
    super(scope, id);
    const { connector, shared } = props;
    this.invocation = new LambdaInvocation(this, "invocation", {
      // A name, and it stays: new code of the function is no reason to invoke it again.
      functionName: shared.connectorConcurrencyFunctionName,
      // CRUD would invoke the function on destroy too, and a failure there would block it. With CREATE_ONLY every change
      // replaces this resource: destroying it does nothing, creating it invokes. A failed one is not in state, so the next
      // apply invokes again.
      lifecycleScope: "CREATE_ONLY",
      input: jsonText(concurrencyEvent(props)),
      // The rest of the configuration. Being kept in state, input and triggers also invoke where an apply broke off between
      // the connector and this.
      triggers: {
        url: connector.url,
        security_policy_name: connector.securityPolicyName,
        access_role: connector.accessRole,
        logging_role: connector.loggingRole,
      },
      // And this invokes where the definition is the same, but somebody altered the connector and the provider repairs it.
      lifecycle: { replaceTriggeredBy: CONFIGURATION.map((argument) => `${address(connector)}.${argument}`) },
    });
  }
}

/** The arguments of `aws_transfer_connector` that UpdateConnector is sent for: all but the tags. */
const CONFIGURATION = ["url", "security_policy_name", "access_role", "logging_role", "sftp_config"] as const;

/** `fqn` would stand within `${}`, which Terraform does not take here. */
const address = ({ terraformResourceType, friendlyUniqueId }: TransferConnector): string =>
  `${terraformResourceType}.${friendlyUniqueId}`;

function concurrencyEvent({ server, connector, secretArn }: ConnectorConcurrencyProps): ConcurrencyEvent {
  return {
    ConnectorId: connector.connectorId,
    MaxConcurrentConnections: server.maxConcurrentConnections,
    UserSecretId: secretArn,
    // The provider does not mind their order either.
    TrustedHostKeys: [...server.trustedHostKeys].sort(),
  };
}
