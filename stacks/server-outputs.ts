import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { RunStateMachine } from "./constructs/run-state-machine";
import type { ServerConnector } from "./constructs/server-connector";
import type { ServerSecret } from "./constructs/server-secret";
import type { SyncStart } from "./constructs/sync-start";

export interface ServerParts {
  readonly connector: ServerConnector;
  readonly secret: ServerSecret;
  readonly stateMachine: RunStateMachine;
  readonly starts: readonly SyncStart[];
  /** Syncs whose missing success no alarm can tell, with the reason. */
  readonly unwatched: Readonly<Record<string, string>>;
}

/** Writes the outputs of a server's stack: what its operator needs next. */
export function writeServerOutputs(scope: Construct, parts: ServerParts): void {
  const { connector, secret, stateMachine, starts, unwatched } = parts;
  const output = (name: string, description: string, value: string | readonly string[] | ServerParts["unwatched"]) =>
    new TerraformOutput(scope, name, { description, value });
  output("connector_id", "Id of the SFTP connector", connector.connectorId);
  output("connector_egress_ips", "Addresses that the remote server has to let in", connector.egressIps);
  output("secret_arn", "Secret that takes the credentials", secret.arn);
  output("state_machine_arn", "State machine of the runs", stateMachine.arn);
  const parameters = starts.map(({ parameterName }) => parameterName);
  output("parameter_names", "SSM parameters with the events for runs by hand", parameters);
  output("syncs_without_success_alarm", "Syncs that no alarm expects to succeed when due, and why", unwatched);
}
