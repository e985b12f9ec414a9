import { DescribeConnectorCommand, type TransferClient, UpdateConnectorCommand } from "@aws-sdk/client-transfer";
import { DEFAULT_CONCURRENT_CONNECTIONS } from "../aws/connector-service";
import { passingFailure } from "./passing-failure";
import type { SftpConfigService } from "./sftp-config";

/** @param client need not retry by itself: the caller does, for longer than the SDK would. */
export function sftpConfigService(client: TransferClient): SftpConfigService {
  return {
    read: async (connectorId) => {
      const command = new DescribeConnectorCommand({ ConnectorId: connectorId });
      const config = (await orNotYet(() => client.send(command))).Connector?.SftpConfig;
      if (config === undefined) {
        throw new Error("DescribeConnector gives no SftpConfig, so it is no SFTP connector");
      }
      return {
        ...config,
        MaxConcurrentConnections: config.MaxConcurrentConnections ?? DEFAULT_CONCURRENT_CONNECTIONS,
      };
    },
    write: async (connectorId, config) => {
      const command = new UpdateConnectorCommand({ ConnectorId: connectorId, SftpConfig: config });
      await orNotYet(() => client.send(command));
    },
  };
}

async function orNotYet<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw passingFailure(error);
  }
}
