import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type ConnectorFileTransferResult,
  ListFileTransferResultsCommand,
  StartDirectoryListingCommand,
  StartFileTransferCommand,
  TransferClient,
} from "@aws-sdk/client-transfer";
import { startAwsEndpoint } from "../../../local/endpoint/aws-endpoint";
import { S3Store } from "../../../local/s3/s3-store";
import type { ConnectorOptions } from "../../../local/transfer/connector";
import type { ConnectorStore } from "../../../local/transfer/connector-store";
import type { TransferEvent } from "../../../local/transfer/transfer-events";
import { TransferService, type TransferServiceOptions } from "../../../local/transfer/transfer-service";
import { tempFolder } from "../../support/temp-folder";
import { BUCKET, clientSettings } from "../s3/s3-endpoint";

export const CONNECTOR = "c-0123456789abcdef0";

export interface Listing {
  readonly files: readonly { filePath: string; modifiedTimestamp: string; size: number }[];
  readonly paths: readonly { path: string }[];
  readonly truncated: string;
}

type Options = Partial<Omit<TransferServiceOptions, "onEvent" | "store">> & {
  readonly connector: Omit<ConnectorOptions, "id">;
  readonly store?: S3Store;
  /** What the connector sees in place of the store. */
  readonly connectorStore?: ConnectorStore;
};

/** Waits, for as long as a test may last, until a value is there. */
export async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const value = await look();
    if (value !== undefined) {
      return value;
    }
    await sleep(10);
  }
}

/** The Transfer service with one connector behind a real endpoint, and a real client. */
export async function startTransfer({ connector, connectorStore, ...options }: Options) {
  const store = options.store ?? (await S3Store.open(tempFolder()));
  await store.ensureBucket(BUCKET);
  const events: TransferEvent[] = [];
  const service = await TransferService.open({
    connectors: [{ id: CONNECTOR, ...connector }],
    credentials: undefined,
    stateDir: tempFolder(),
    ...options,
    store: connectorStore ?? store,
    onEvent: (event) => void events.push(event),
  });
  const endpoint = await startAwsEndpoint({
    s3: store,
    services: { TransferService: service.operations },
  });
  const client = new TransferClient({ ...clientSettings(endpoint), maxAttempts: 1 });
  const fileOf = (key: string) => join(store.directory, BUCKET, key);

  const startListing = (folder: string, MaxItems?: number) =>
    client.send(
      new StartDirectoryListingCommand({
        ConnectorId: CONNECTOR,
        RemoteDirectoryPath: folder,
        OutputDirectoryPath: `/${BUCKET}/listings`,
        MaxItems,
      }),
    );
  /** A listing's output, or its failure event. */
  const list = async (folder: string, maxItems?: number): Promise<Listing | TransferEvent> => {
    const { ListingId, OutputFileName } = await startListing(folder, maxItems);
    return eventually(() => {
      const file = fileOf(`listings/${OutputFileName}`);
      const failed = events.find(
        (event) => event.detail["listing-id"] === ListingId && event.detail["status-code"] === "FAILED",
      );
      return failed ?? (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Listing) : undefined);
    });
  };
  const startRetrieval = (paths: string[], folder = "files") =>
    client.send(
      new StartFileTransferCommand({
        ConnectorId: CONNECTOR,
        RetrieveFilePaths: paths,
        LocalDirectoryPath: `/${BUCKET}/${folder}`,
      }),
    );
  const results = async (TransferId: string | undefined): Promise<ConnectorFileTransferResult[]> => {
    const request = new ListFileTransferResultsCommand({ ConnectorId: CONNECTOR, TransferId });
    return (await client.send(request)).FileTransferResults ?? [];
  };
  const finished = (transferId: string | undefined) =>
    eventually(async () => {
      const files = await results(transferId);
      return files.every(({ StatusCode }) => StatusCode === "COMPLETED" || StatusCode === "FAILED") ? files : undefined;
    });
  /** Transfers files and waits for the end of each. */
  const retrieve = async (paths: string[], folder?: string) =>
    finished((await startRetrieval(paths, folder)).TransferId);

  return {
    endpoint,
    store,
    service,
    client,
    events,
    fileOf,
    startListing,
    list,
    startRetrieval,
    results,
    finished,
    retrieve,
    close: async () => {
      await service.close();
      client.destroy();
      await endpoint.close();
    },
  };
}

export type LocalTransfer = Awaited<ReturnType<typeof startTransfer>>;
