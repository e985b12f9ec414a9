import {
  DescribeConnectorCommand,
  type DescribedConnector,
  ResourceNotFoundException,
  TransferClient,
} from "@aws-sdk/client-transfer";
import type { ServerDefinition } from "../../../../contract/model";
import { DEFAULT_CONCURRENT_CONNECTIONS } from "../../../../functions/aws/connector-service";
import type { AwsSession } from "../access/session";

/** A connector as it is in AWS. */
export interface DeployedConnector {
  readonly id: string;
  /** As the service has it, `ACTIVE`; absent where it shows none. */
  readonly status?: string;
  /** What the service says about that. */
  readonly statusMessage?: string;
  /** `sftp://HOST:PORT` */
  readonly url: string;
  readonly trustedHostKeys: readonly string[];
  readonly securityPolicyName: string;
  readonly maxConcurrentConnections: number;
  /** Addresses that the remote server has to let in. */
  readonly egressIps: readonly string[];
}

/** Where a connector is not as its definition says. */
export interface Difference {
  /** The definition's field. */
  readonly field: "Url" | "PublicKey" | "SecurityPolicyName" | "MaxConcurrentConnections";
  readonly deployed: string;
  readonly defined: string;
}

/** @returns `undefined` where there is no such connector. @throws AwsFailure */
export async function deployedConnector(session: AwsSession, id: string): Promise<DeployedConnector | undefined> {
  const client = new TransferClient(session.config);
  try {
    const answer = await session.ask(`transfer:DescribeConnector ${id}`, () =>
      client.send(new DescribeConnectorCommand({ ConnectorId: id })).catch((error: unknown) => {
        if (error instanceof ResourceNotFoundException) {
          return undefined;
        }
        throw error;
      }),
    );
    return answer?.Connector && described(id, answer.Connector);
  } finally {
    client.destroy();
  }
}

function described(id: string, connector: DescribedConnector): DeployedConnector {
  const {
    Status,
    ErrorMessage,
    Url = "",
    SecurityPolicyName = "",
    SftpConfig,
    ServiceManagedEgressIpAddresses,
  } = connector;
  return {
    id,
    ...(Status === undefined ? {} : { status: Status }),
    ...(ErrorMessage === undefined ? {} : { statusMessage: ErrorMessage }),
    url: Url,
    trustedHostKeys: SftpConfig?.TrustedHostKeys ?? [],
    securityPolicyName: SecurityPolicyName,
    maxConcurrentConnections: SftpConfig?.MaxConcurrentConnections ?? DEFAULT_CONCURRENT_CONNECTIONS,
    egressIps: ServiceManagedEgressIpAddresses ?? [],
  };
}

/** Where a connector is not as its definition says; host keys in any order. */
export function connectorDrift(deployed: DeployedConnector, defined: ServerDefinition): Difference[] {
  const keys = (list: readonly string[]) => list.map(withoutComment).sort().join(", ");
  const compared: readonly Difference[] = [
    { field: "Url", deployed: deployed.url, defined: `sftp://${defined.url}` },
    { field: "PublicKey", deployed: keys(deployed.trustedHostKeys), defined: keys(defined.trustedHostKeys) },
    { field: "SecurityPolicyName", deployed: deployed.securityPolicyName, defined: defined.securityPolicyName },
    {
      field: "MaxConcurrentConnections",
      deployed: String(deployed.maxConcurrentConnections),
      defined: String(defined.maxConcurrentConnections),
    },
  ];
  return compared.filter((field) => field.deployed !== field.defined);
}

/** Whether two lines name the same host key, whatever comment follows. */
export function isSameKey(one: string, other: string): boolean {
  return withoutComment(one) === withoutComment(other);
}

/** `type base64`: whatever follows names the key for people only. */
function withoutComment(key: string): string {
  return key.trim().split(/\s+/).slice(0, 2).join(" ");
}
