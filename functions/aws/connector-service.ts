import {
  type ConnectorFileTransferResult,
  DescribeConnectorCommand,
  ListFileTransferResultsCommand,
  ResourceNotFoundException,
  StartDirectoryListingCommand,
  StartFileTransferCommand,
  type TransferClient,
  TransferServiceException,
} from "@aws-sdk/client-transfer";
import { logger } from "../../engine/logger";
import { BackPressure } from "../../engine/ports/errors";
import type { ConnectorDescription, ConnectorService, FileResult, StartOutcome } from "../../engine/ports/services";
import { isBackPressure, startFailure } from "./failures";

/** The API's default where a connector does not say (API reference, SftpConnectorConfig). */
export const DEFAULT_CONCURRENT_CONNECTIONS = 1;

/**
 * @param starts must not retry by itself: Start* calls have no client token, so a repeated call whose first answer was
 *   lost would list or copy twice without anybody knowing.
 * @param reads may retry.
 */
export function connectorService(starts: TransferClient, reads: TransferClient): ConnectorService {
  return {
    startListing: ({ connectorId, folder, outputDirectory, maxItems }) =>
      outcome(reads, connectorId, async () => {
        const command = new StartDirectoryListingCommand({
          ConnectorId: connectorId,
          RemoteDirectoryPath: folder,
          OutputDirectoryPath: outputDirectory,
          MaxItems: maxItems,
        });
        const { OutputFileName } = await starts.send(command);
        // Documented by example only: with a path or a bucket in front, its last segment is the name all the same.
        return OutputFileName?.slice(OutputFileName.lastIndexOf("/") + 1);
      }),
    startTransfer: ({ connectorId, paths, destination }) =>
      outcome(reads, connectorId, async () => {
        const command = new StartFileTransferCommand({
          ConnectorId: connectorId,
          RetrieveFilePaths: [...paths],
          LocalDirectoryPath: destination,
        });
        return (await starts.send(command)).TransferId;
      }),
    results: (connectorId, transferId) => orBackPressure(() => transferResults(reads, connectorId, transferId)),
    describe: (connectorId) => orBackPressure(() => describe(reads, connectorId)),
  };
}

async function orBackPressure<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TransferServiceException && isBackPressure(error)) {
      throw new BackPressure(error.message, { cause: error });
    }
    throw error;
  }
}

async function outcome(
  reads: TransferClient,
  connectorId: string,
  start: () => Promise<string | undefined>,
): Promise<StartOutcome> {
  try {
    const id = await start();
    return id === undefined ? { status: "unknown", message: "the answer holds no id" } : { status: "started", id };
  } catch (error) {
    const failure = startFailure(error);
    return failure.status === "rejected" && (await isNotReady(reads, connectorId)) ? { status: "not-ready" } : failure;
  }
}

/**
 * Whether the connector is being created or updated, or has failed to be: what it rejects then says nothing of a file. By
 * which error it rejects is documented nowhere. One that can't be described counts as ready.
 */
async function isNotReady(reads: TransferClient, connectorId: string): Promise<boolean> {
  try {
    const { readiness, status } = await describe(reads, connectorId);
    if (readiness !== "ready") {
      logger.warn("the connector is not ready", { status });
    }
    return readiness !== "ready";
  } catch (error) {
    logger.warn("the connector's Status could not be read", { error });
    return false;
  }
}

async function describe(client: TransferClient, connectorId: string): Promise<ConnectorDescription> {
  const { Connector } = await client.send(new DescribeConnectorCommand({ ConnectorId: connectorId }));
  const { Status, ErrorMessage, SftpConfig } = Connector ?? {};
  return {
    readiness: readinessOf(Status),
    status: [Status ?? [], ErrorMessage ?? []].flat().join(": "),
    maxConcurrentConnections: SftpConfig?.MaxConcurrentConnections ?? DEFAULT_CONCURRENT_CONNECTIONS,
  };
}

/** An earlier API has no status; a later one may have further words for *not yet* (API reference, DescribedConnector). */
function readinessOf(status: string | undefined): ConnectorDescription["readiness"] {
  switch (status) {
    case undefined:
    case "ACTIVE":
      return "ready";
    case "ERRORED":
      return "errored";
    default:
      return "pending";
  }
}

async function transferResults(
  client: TransferClient,
  connectorId: string,
  transferId: string,
): Promise<FileResult[] | undefined> {
  const results: FileResult[] = [];
  let token: string | undefined;
  try {
    do {
      const command = new ListFileTransferResultsCommand({
        ConnectorId: connectorId,
        TransferId: transferId,
        NextToken: token,
      });
      const page = await client.send(command);
      results.push(...(page.FileTransferResults ?? []).map(fileResult));
      token = page.NextToken === "" ? undefined : page.NextToken;
    } while (token !== undefined);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return undefined;
    }
    throw error;
  }
  return results;
}

const STATUSES = ["QUEUED", "IN_PROGRESS", "COMPLETED", "FAILED"] as const;

/** Both members that count here are required in the API model, which the service may outgrow. */
function fileResult(result: ConnectorFileTransferResult): FileResult {
  const { FilePath = "", StatusCode, FailureCode, FailureMessage } = result;
  const status = STATUSES.find((known) => known === StatusCode?.toUpperCase());
  if (status === undefined) {
    logger.warn("a status of a transferred file that is not known here", { path: FilePath, status: StatusCode });
  }
  return { path: FilePath, status: status ?? "UNKNOWN", failureCode: FailureCode, failureMessage: FailureMessage };
}
