import type { JsonOperation, JsonService } from "../endpoint/json-service";
import { Connector, type ConnectorOptions, type RemoteFiles } from "./connector";
import type { ConnectorStore } from "./connector-store";
import { type ListingManner, USUAL_MANNER } from "./listing-manner";
import { type ListingJob, runListing } from "./listings";
import { type ConnectorState, createOperations, TRANSFER_OPERATIONS, type TransferOperation } from "./operations";
import { RateLimit } from "./rate-limit";
import type { SftpCredentials } from "./remote-server";
import type { TransferEvent } from "./transfer-events";
import { TransferQueue } from "./transfer-queue";
import { type FileRecord, TransferRecords } from "./transfer-records";

export interface TransferLimits {
  /** Unfinished files per connector; 1,000 by default, as with AWS. */
  readonly pendingFiles?: number;
  /** StartDirectoryListing calls per second and connector; not limited by default. */
  readonly listingsPerSecond?: number;
}

export interface TransferServiceOptions {
  readonly connectors: readonly ConnectorOptions[];
  /** Where listings and files are written. */
  readonly store: ConnectorStore;
  /** For all connectors; `undefined` if there are none, and then every connection fails. */
  readonly credentials: SftpCredentials | undefined;
  /** A folder for the transfers' states, in which one service works at a time. */
  readonly stateDir: string;
  readonly limits?: TransferLimits;
  /** Stands between the service and a connector's files. */
  readonly aroundRemote?: ((next: RemoteFiles) => RemoteFiles) | undefined;
  /** Describes a connector otherwise. */
  readonly aroundDescription?: ((connector: object) => object) | undefined;
  /** How the listing of a folder goes; as the documentation shows it by default. */
  readonly listingManner?: ((folder: string) => ListingManner) | undefined;
  /** Gives the results of one transfer in other words. */
  readonly aroundResults?: ((files: readonly FileRecord[]) => readonly object[]) | undefined;
  /** Told every connector event: listings and files, completed and failed. What it throws is lost. */
  onEvent?(event: TransferEvent): void | Promise<void>;
  readonly now?: () => Date;
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
    this.records = new TransferRecords(options.stateDir, options.store);
    const operations = createOperations({
      connectors: this.connectors,
      records: this.records,
      describe: options.aroundDescription ?? ((connector) => connector),
      tell: options.aroundResults ?? ((files) => files),
      listingManner: options.listingManner ?? (() => USUAL_MANNER),
      startListing: (job, queue) => this.startListing(job, queue),
    });
    this.operations = Object.fromEntries(
      TRANSFER_OPERATIONS.map((name) => [name, this.counted(name, operations[name])]),
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
    this.records.close();
  }

  private addConnector(options: ConnectorOptions): void {
    const { store, credentials, limits, aroundRemote } = this.options;
    const connector = new Connector(options, credentials);
    const remote = aroundRemote?.(connector) ?? connector;
    const queue = new TransferQueue({
      connector,
      remote,
      store,
      records: this.records,
      pendingFiles: limits?.pendingFiles ?? 1000,
      now: this.now,
      emit: (event) => this.emit(event),
    });
    const rate = limits?.listingsPerSecond;
    const listingRate = rate === undefined ? undefined : new RateLimit(rate, this.now);
    this.connectors.set(options.id, { connector, remote, queue, listingRate });
  }

  private counted(name: TransferOperation, operation: JsonOperation): JsonOperation {
    return (input) => {
      this.calls[name] += 1;
      return operation(input);
    };
  }

  private startListing(job: ListingJob, queue: TransferQueue): void {
    const turn = job.manner.afterTransfers ? queue.idle() : Promise.resolve();
    const done = turn.then(() => runListing(this.options.store, job, this.now));
    this.track(done.then((event) => (this.closed ? undefined : this.emit(event))));
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
