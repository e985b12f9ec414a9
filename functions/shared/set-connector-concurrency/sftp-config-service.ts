import { DescribeConnectorCommand, type TransferClient, UpdateConnectorCommand } from "@aws-sdk/client-transfer";
import * as z from "zod";
import { DEFAULT_CONCURRENT_CONNECTIONS } from "../../aws/connector-service";
import { NotYet } from "./errors";
import { onAnswer, withMembers } from "./json-body";
import { passingFailure } from "./passing-failure";
import type { SftpConfigService } from "./sftp-config";

/** Ready for operations (API reference, DescribedConnector); PENDING is being created or updated. */
const ACTIVE = "ACTIVE";

/**
 * Members of the SftpConfig, those that the SDK does not know among them. A structure's null means that a member is not there,
 * and clients do not send any (Smithy, AWS JSON protocols): so it is left out, as the SDK does it.
 */
const membersSchema = z
  .record(z.string(), z.unknown())
  .transform((members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)));

const describedSchema = z.object({ Connector: z.object({ SftpConfig: membersSchema }) });

/** @param client need not retry by itself: the caller does, for longer than the SDK would. */
export function sftpConfigService(client: TransferClient): SftpConfigService {
  return {
    read: async (connectorId) => {
      const command = new DescribeConnectorCommand({ ConnectorId: connectorId });
      let answer: unknown;
      onAnswer(command, (document) => {
        answer = document;
      });
      const { SftpConfig, Status, ErrorMessage } = (await orNotYet(() => client.send(command))).Connector ?? {};
      if (SftpConfig === undefined) {
        throw new Error("DescribeConnector gives no SftpConfig, so it is no SFTP connector");
      }
      // Absent in answers of before there was a Status.
      if (Status !== undefined && Status !== ACTIVE) {
        throw new NotYet(`DescribeConnector says that its Status is ${[Status, ErrorMessage ?? []].flat().join(": ")}`);
      }
      return {
        ...describedSchema.safeParse(answer).data?.Connector.SftpConfig,
        ...SftpConfig,
        MaxConcurrentConnections: SftpConfig.MaxConcurrentConnections ?? DEFAULT_CONCURRENT_CONNECTIONS,
      };
    },
    write: async (connectorId, config) => {
      const command = new UpdateConnectorCommand({ ConnectorId: connectorId, SftpConfig: config });
      withMembers(command, { SftpConfig: config });
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
