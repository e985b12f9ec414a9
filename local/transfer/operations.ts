import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { type JsonOperation, parseInput, ServiceError } from "../endpoint/json-service";
import type { Connector, RemoteFiles } from "./connector";
import type { ListingManner } from "./listing-manner";
import { type ListingJob, outputFileName } from "./listings";
import type { RateLimit } from "./rate-limit";
import * as requests from "./requests";
import { keyIn, parseS3Path } from "./s3-path";
import type { TransferQueue } from "./transfer-queue";
import type { FileRecord, TransferRecords } from "./transfer-records";

export const TRANSFER_OPERATIONS = [
  "StartDirectoryListing",
  "StartFileTransfer",
  "ListFileTransferResults",
  "DescribeConnector",
  "UpdateConnector",
  "TestConnection",
] as const;

export type TransferOperation = (typeof TRANSFER_OPERATIONS)[number];

export interface ConnectorState {
  readonly connector: Connector;
  readonly remote: RemoteFiles;
  readonly queue: TransferQueue;
  /** `undefined`: listings are not limited. */
  readonly listingRate: RateLimit | undefined;
}

export interface OperationContext {
  readonly connectors: ReadonlyMap<string, ConnectorState>;
  readonly records: TransferRecords;
  /** A connector, as the service describes it. */
  describe(connector: object): object;
  /** A transfer's results, as the service tells them. */
  tell(files: readonly FileRecord[]): readonly object[];
  listingManner(folder: string): ListingManner;
  /** Lists in the background. */
  startListing(job: ListingJob, queue: TransferQueue): void;
}

const notFound = (resource: string, type: "CONNECTOR" | "TRANSFER") =>
  new ServiceError("ResourceNotFoundException", `Unknown ${type.toLowerCase()}: ${resource}`, {
    fields: { Resource: resource, ResourceType: type },
  });

/** Throttling is HTTP 400 without a message. How a full queue is refused is documented nowhere; here it is the same. */
const throttled = () => new ServiceError("ThrottlingException", "");

const parse = <T>(schema: z.ZodType<T>, input: unknown) => parseInput(schema, input, "InvalidRequestException");

/** The operations of Transfer Family that SFTP connectors have, as far as they fetch files. */
export function createOperations(context: OperationContext): Record<TransferOperation, JsonOperation> {
  const connectorOf = (input: unknown): ConnectorState => {
    const { ConnectorId } = parse(requests.connectorRequestSchema, input);
    const state = context.connectors.get(ConnectorId);
    if (state === undefined) {
      throw notFound(ConnectorId, "CONNECTOR");
    }
    return state;
  };
  return {
    StartDirectoryListing: (input) => startDirectoryListing(input, connectorOf(input), context),
    StartFileTransfer: (input) => startFileTransfer(input, connectorOf(input), context),
    ListFileTransferResults: (input) => listFileTransferResults(input, connectorOf(input), context),
    DescribeConnector: (input) => ({ Connector: context.describe(connectorOf(input).connector.describe()) }),
    UpdateConnector: (input) => {
      const { connector } = connectorOf(input);
      connector.update(parse(requests.updateConnectorSchema, input));
      return { ConnectorId: connector.id };
    },
    TestConnection: (input) => connectorOf(input).connector.test(),
  };
}

function startDirectoryListing(
  input: unknown,
  { connector, remote, queue, listingRate }: ConnectorState,
  context: OperationContext,
): object {
  const request = parse(requests.startDirectoryListingSchema, input);
  const output = parseS3Path(request.OutputDirectoryPath, "OutputDirectoryPath");
  if (listingRate?.take() === false) {
    throw throttled();
  }
  const listingId = randomUUID();
  const manner = context.listingManner(request.RemoteDirectoryPath);
  const key = keyIn(output, outputFileName(connector.id, listingId));
  context.startListing(
    { connector, remote, listingId, request, output: { bucket: output.bucket, key }, manner },
    queue,
  );
  return { ListingId: listingId, OutputFileName: manner.outputFileName({ bucket: output.bucket, key }) };
}

function startFileTransfer(input: unknown, { connector, queue }: ConnectorState, context: OperationContext): object {
  const { RetrieveFilePaths: paths, LocalDirectoryPath } = parse(requests.startFileTransferSchema, input);
  const destination = parseS3Path(LocalDirectoryPath, "LocalDirectoryPath");
  if (!queue.reserve(paths.length)) {
    throw throttled();
  }
  const transferId = randomUUID();
  try {
    queue.add(context.records.add(connector.id, transferId, paths), LocalDirectoryPath, destination);
  } catch (error) {
    queue.release(paths.length);
    throw error;
  }
  return { TransferId: transferId };
}

async function listFileTransferResults(
  input: unknown,
  { connector }: ConnectorState,
  context: OperationContext,
): Promise<object> {
  const request = parse(requests.listFileTransferResultsSchema, input);
  const known = await context.records.find(connector.id, request.TransferId);
  if (known === undefined) {
    throw notFound(request.TransferId, "TRANSFER");
  }
  const files = context.tell(known);
  const from = Number(request.NextToken ?? 0);
  if (!Number.isSafeInteger(from) || from < 0) {
    throw new ServiceError("InvalidNextTokenException", "The NextToken parameter that was passed is invalid.");
  }
  const to = from + request.MaxResults;
  return { FileTransferResults: files.slice(from, to), ...(to < files.length ? { NextToken: String(to) } : {}) };
}
