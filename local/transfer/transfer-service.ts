import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { type JsonService, parseInput, ServiceError } from "../json-service";
import type { S3Store } from "../s3/s3-store";
import { Connector, type ConnectorOptions } from "./connector";
import { outputFileName, runListing } from "./listings";
import { RateLimit } from "./rate-limit";
import * as requests from "./requests";
import { parseS3Path } from "./s3-path";
import type { SftpCredentials } from "./sftp-connection";
import type { TransferEvent } from "./transfer-events";
import { TransferQueue } from "./transfer-queue";
import { TransferRecords } from "./transfer-records";

export interface TransferLimits {
  /** Unfinished files per connector; 1,000 by default, as with AWS. */
  readonly pendingFiles?: number;
  /** StartDirectoryListing calls per second and connector; not limited by default. */
  readonly listingsPerSecond?: number;
}

export interface TransferServiceOptions {
  readonly connectors: readonly ConnectorOptions[];
  /** Where listings and files are written. */
  readonly store: S3Store;
  /** For all connectors; `undefined` if there are none, and then every connection fails. */
  readonly credentials: SftpCredentials | undefined;
  /** A folder for the transfers' states; may be shared by processes. */
  readonly stateDir: string;
  readonly limits?: TransferLimits;
  /** Told every connector event: listings and files, completed and failed. What it throws is lost. */
  onEvent?(event: TransferEvent): void | Promise<void>;
  readonly now?: () => Date;
}

const OPERATIONS = [
  "StartDirectoryListing",
  "StartFileTransfer",
  "ListFileTransferResults",
  "DescribeConnector",
  "UpdateConnector",
  "TestConnection",
] as const;

export type TransferOperation = (typeof OPERATIONS)[number];

const notFound = (resource: string, type: "CONNECTOR" | "TRANSFER") =>
  new ServiceError("ResourceNotFoundException", `Unknown ${type.toLowerCase()}: ${resource}`, {
    fields: { Resource: resource, ResourceType: type },
  });

/** Throttling is HTTP 400 without a message. How a full queue is refused is documented nowhere; here it is the same. */
const throttled = () => new ServiceError("ThrottlingException", "");

const parse = <T>(schema: z.ZodType<T>, input: unknown) => parseInput(schema, input, "InvalidRequestException");

interface ConnectorState {
  readonly connector: Connector;
  readonly queue: TransferQueue;
  readonly listingRate: RateLimit | undefined;
}

/**
 * AWS Transfer Family's SFTP connectors over real SFTP connections: the part of the API that moves files from a server into
 * S3, with its asynchrony, limits, refusals and events.
 */
export class TransferService {
  /** Requests so far, refused ones too. */
  readonly calls: Record<TransferOperation, number> = {
    StartDirectoryListing: 0,
    StartFileTransfer: 0,
    ListFileTransferResults: 0,
    DescribeConnector: 0,
    UpdateConnector: 0,
    TestConnection: 0,
  };
  /** To be registered as `TransferService`. */
  readonly operations: JsonService;
  private readonly connectors = new Map<string, ConnectorState>();
  private readonly records: TransferRecords;
  private readonly underWay = new Set<Promise<void>>();
  private readonly now: () => Date;
  private closed = false;

  private constructor(private readonly options: TransferServiceOptions) {
    this.now = options.now ?? (() => new Date());
    this.records = new TransferRecords(options.stateDir);
    const handlers: Record<TransferOperation, (input: unknown) => object | Promise<object>> = {
      StartDirectoryListing: (input) => this.startDirectoryListing(input),
      StartFileTransfer: (input) => this.startFileTransfer(input),
      ListFileTransferResults: (input) => this.listFileTransferResults(input),
      DescribeConnector: (input) => ({ Connector: this.connectorOf(input).connector.describe() }),
      UpdateConnector: (input) => this.updateConnector(input),
      TestConnection: (input) => this.connectorOf(input).connector.test(),
    };
    this.operations = Object.fromEntries(
      OPERATIONS.map((name) => [
        name,
        (input: unknown) => {
          this.calls[name] += 1;
          return handlers[name](input);
        },
      ]),
    );
  }

  /** Opens the service; ends with {@link close}. */
  static async open(options: TransferServiceOptions): Promise<TransferService> {
    const service = new TransferService(options);
    await service.records.open();
    for (const connector of options.connectors) {
      service.addConnector(connector);
    }
    return service;
  }

  /**
   * Ends connections, drops what waits, and leaves nothing half-written: unfinished files are FAILED with
   * TRANSFER_INTERRUPTED for whoever asks later.
   */
  async close(): Promise<void> {
    this.closed = true;
    const states = [...this.connectors.values()];
    for (const { connector } of states) {
      connector.close();
    }
    await Promise.all(states.map(({ queue }) => queue.close()));
    await Promise.all(this.underWay);
    await this.records.close();
  }

  private addConnector(options: ConnectorOptions): void {
    const { store, credentials, limits } = this.options;
    const connector = new Connector(options, credentials);
    const queue = new TransferQueue({
      connector,
      store,
      records: this.records,
      pendingFiles: limits?.pendingFiles ?? 1000,
      now: this.now,
      emit: (event) => this.emit(event),
    });
    const rate = limits?.listingsPerSecond;
    const listingRate = rate === undefined ? undefined : new RateLimit(rate, this.now);
    this.connectors.set(options.id, { connector, queue, listingRate });
  }

  private connectorOf(input: unknown): ConnectorState {
    const { ConnectorId } = parse(requests.connectorRequestSchema, input);
    return this.connectors.get(ConnectorId) ?? fail(notFound(ConnectorId, "CONNECTOR"));
  }

  private startDirectoryListing(input: unknown): object {
    const request = parse(requests.startDirectoryListingSchema, input);
    const { connector, listingRate } = this.connectorOf(input);
    const output = parseS3Path(request.OutputDirectoryPath, "OutputDirectoryPath");
    if (listingRate?.take() === false) {
      throw throttled();
    }
    const listingId = randomUUID();
    this.track(
      runListing(this.options.store, { connector, listingId, request, output }, this.now).then((event) => {
        if (!this.closed) {
          this.emit(event);
        }
      }),
    );
    return { ListingId: listingId, OutputFileName: outputFileName(connector.id, listingId) };
  }

  private async startFileTransfer(input: unknown): Promise<object> {
    const request = parse(requests.startFileTransferSchema, input);
    const { connector, queue } = this.connectorOf(input);
    const destination = parseS3Path(request.LocalDirectoryPath, "LocalDirectoryPath");
    const paths = request.RetrieveFilePaths;
    if (!queue.reserve(paths.length)) {
      throw throttled();
    }
    const transferId = randomUUID();
    try {
      queue.add(await this.records.add(connector.id, transferId, paths), request.LocalDirectoryPath, destination);
    } catch (error) {
      queue.release(paths.length);
      throw error;
    }
    return { TransferId: transferId };
  }

  private async listFileTransferResults(input: unknown): Promise<object> {
    const request = parse(requests.listFileTransferResultsSchema, input);
    const { connector } = this.connectorOf(input);
    const files = await this.records.find(connector.id, request.TransferId);
    if (files === undefined) {
      throw notFound(request.TransferId, "TRANSFER");
    }
    const from = Number(request.NextToken ?? 0);
    if (!Number.isSafeInteger(from) || from < 0) {
      throw new ServiceError("InvalidNextTokenException", "The NextToken parameter that was passed is invalid.");
    }
    const to = from + request.MaxResults;
    return {
      FileTransferResults: files.slice(from, to),
      ...(to < files.length ? { NextToken: String(to) } : {}),
    };
  }

  private updateConnector(input: unknown): object {
    const { connector } = this.connectorOf(input);
    connector.update(parse(requests.updateConnectorSchema, input));
    return { ConnectorId: connector.id };
  }

  private emit(event: TransferEvent): void {
    this.track(Promise.resolve(event).then((event) => this.options.onEvent?.(event)));
  }

  private track(work: Promise<unknown>): void {
    const done = work
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }
}

function fail(error: Error): never {
  throw error;
}
