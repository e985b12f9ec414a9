import { GetSecretValueCommand, ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";
import { DescribeConnectorCommand, type TransferClient } from "@aws-sdk/client-transfer";
import * as z from "zod";
import { type JsonOperation, type JsonService, ServiceError } from "../../../local/endpoint/json-service";
import type { ConnectorOptions } from "../../../local/transfer/connector";
import type { SftpCredentials } from "../../../local/transfer/remote-server";
import type { TransferEvent } from "../../../local/transfer/transfer-events";
import { TransferService } from "../../../local/transfer/transfer-service";
import { bucketStore } from "./bucket-store";
import { type Clients, clientsOf, destroyClients } from "./clients";

/** The operations that move something; those on the connector itself are the emulator's. */
const DATA_PLANE = ["StartDirectoryListing", "StartFileTransfer", "ListFileTransferResults", "TestConnection"] as const;

export interface ConnectorsOptions {
  /** Where the connectors are deployed. */
  readonly transfer: TransferClient;
  /** Where connectors, in their own name, get their secrets from and write to. */
  readonly endpoint: () => string;
  /** For the transfers' states. */
  readonly stateDir: string;
  onEvent(event: TransferEvent): Promise<void>;
}

const requestSchema = z.looseObject({ ConnectorId: z.string() });

const connectorSchema = z.object({
  Url: z.string(),
  SftpConfig: z.object({
    UserSecretId: z.string(),
    TrustedHostKeys: z.array(z.string()),
    MaxConcurrentConnections: z
      .number()
      .nullish()
      .transform((number) => number ?? undefined),
  }),
});

/** What Transfer Family expects in a connector's secret. */
const secretSchema = z
  .strictObject({ Username: z.string(), Password: z.string().optional(), PrivateKey: z.string().optional() })
  .transform(
    ({ Username: username, Password: password, PrivateKey: privateKey }): SftpCredentials => ({
      username,
      ...(password === undefined ? {} : { password }),
      ...(privateKey === undefined ? {} : { privateKey }),
    }),
  );

/** The data plane of the deployed connectors, over real SFTP connections, each as it is configured at the moment. */
export class Connectors {
  /** To be registered as `TransferService`. */
  readonly operations: JsonService;
  private readonly options: ConnectorsOptions;
  /** One for each state of a connector and its secret. */
  private readonly services = new Map<string, Promise<TransferService>>();
  private readonly clients = new Map<string, Clients>();

  constructor(options: ConnectorsOptions) {
    this.options = options;
    this.operations = Object.fromEntries(DATA_PLANE.map((name) => [name, this.operation(name)]));
  }

  async close(): Promise<void> {
    for (const service of this.services.values()) {
      await (await service).close();
    }
    for (const clients of this.clients.values()) {
      destroyClients(clients);
    }
  }

  private operation(name: (typeof DATA_PLANE)[number]): JsonOperation {
    return async (input) => {
      const { operations } = await this.service(requestSchema.parse(input).ConnectorId);
      const operation = operations[name];
      if (operation === undefined) {
        throw new Error(`The Transfer service has no ${name}`);
      }
      return operation(input);
    };
  }

  private async service(id: string): Promise<TransferService> {
    const { userSecretId, ...connector } = await this.connector(id);
    const credentials = await this.credentials(id, userSecretId);
    const state = JSON.stringify({ connector, credentials });
    const service = this.services.get(state) ?? this.open({ ...connector, userSecretId }, credentials);
    this.services.set(state, service);
    return service;
  }

  private async connector(id: string): Promise<ConnectorOptions & { readonly userSecretId: string }> {
    const { Connector } = await this.options.transfer
      .send(new DescribeConnectorCommand({ ConnectorId: id }))
      .catch((error: unknown) => {
        throw error instanceof Error ? new ServiceError(error.name, error.message) : error;
      });
    const { Url, SftpConfig } = connectorSchema.parse(Connector);
    return {
      id,
      url: Url,
      trustedHostKeys: SftpConfig.TrustedHostKeys,
      userSecretId: SftpConfig.UserSecretId,
      ...(SftpConfig.MaxConcurrentConnections === undefined
        ? {}
        : { maxConcurrentConnections: SftpConfig.MaxConcurrentConnections }),
    };
  }

  /** `undefined` for a secret without a value. */
  private async credentials(connectorId: string, secretId: string): Promise<SftpCredentials | undefined> {
    try {
      // The default, which moto takes for the version that was put last.
      const command = new GetSecretValueCommand({ SecretId: secretId, VersionStage: "AWSCURRENT" });
      const { SecretString = "" } = await this.clientsOf(connectorId).secrets.send(command);
      return secretSchema.parse(JSON.parse(SecretString));
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return undefined;
      }
      throw error;
    }
  }

  private open(connector: ConnectorOptions, credentials: SftpCredentials | undefined): Promise<TransferService> {
    const { stateDir, onEvent } = this.options;
    return TransferService.open({
      connectors: [connector],
      store: bucketStore(this.clientsOf(connector.id).s3),
      credentials,
      stateDir,
      onEvent,
    });
  }

  private clientsOf(connectorId: string): Clients {
    const clients = this.clients.get(connectorId) ?? clientsOf(this.options.endpoint(), connectorId);
    this.clients.set(connectorId, clients);
    return clients;
  }
}
