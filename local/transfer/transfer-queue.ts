import { randomUUID } from "node:crypto";
import { posix } from "node:path";
import type { Connector, RemoteFiles } from "./connector";
import type { ConnectorStore, PlacedObject } from "./connector-store";
import { keyIn, type S3Path } from "./s3-path";
import { type EventDetail, type TransferEvent, transferEvent } from "./transfer-events";
import type { TransferRecord, TransferRecords } from "./transfer-records";
import { writeFailure } from "./write-failure";

export interface TransferQueueOptions {
  readonly connector: Connector;
  readonly remote: RemoteFiles;
  readonly store: ConnectorStore;
  readonly records: TransferRecords;
  /** Files that may be unfinished at a time. */
  readonly pendingFiles: number;
  readonly now: () => Date;
  emit(event: TransferEvent): void;
}

interface QueuedFile {
  readonly record: TransferRecord;
  readonly index: number;
  readonly path: string;
  readonly directory: string;
  readonly destination: S3Path;
}

/** The files that one connector is to fetch: as many at once as it has connections, each for itself. */
export class TransferQueue {
  private readonly waiting: QueuedFile[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly idlers: (() => void)[] = [];
  private unfinished = 0;
  private closed = false;

  constructor(private readonly options: TransferQueueOptions) {}

  /** Takes places for files, all or none. */
  reserve(count: number): boolean {
    if (this.closed || this.unfinished + count > this.options.pendingFiles) {
      return false;
    }
    this.unfinished += count;
    return true;
  }

  /** Gives reserved places back. */
  release(count: number): void {
    this.unfinished -= count;
    if (this.unfinished === 0) {
      this.wakeIdlers();
    }
  }

  /** Resolves once no file is waiting or on its way, or the queue is closed. */
  idle(): Promise<void> {
    return this.unfinished === 0 || this.closed
      ? Promise.resolve()
      : new Promise((resolve) => this.idlers.push(resolve));
  }

  private wakeIdlers(): void {
    for (const wake of this.idlers.splice(0)) {
      wake();
    }
  }

  /** Adds a transfer's files, for which places are reserved. */
  add(record: TransferRecord, directory: string, destination: S3Path): void {
    record.files.forEach(({ FilePath: path }, index) => {
      this.waiting.push({ record, index, path, directory, destination });
    });
    this.pump();
  }

  /** Stops: what has not begun never does. The connector's connections are to be closed at the same time. */
  async close(): Promise<void> {
    this.closed = true;
    this.waiting.length = 0;
    this.wakeIdlers();
    await Promise.all(this.running);
  }

  private pump(): void {
    while (!this.closed && this.running.size < this.options.connector.maxConcurrentConnections) {
      const file = this.waiting.shift();
      if (file === undefined) {
        return;
      }
      const work = this.transfer(file).finally(() => {
        this.running.delete(work);
        this.release(1);
        this.pump();
      });
      this.running.add(work);
    }
  }

  private async transfer(file: QueuedFile): Promise<void> {
    const { remote, store, records, now } = this.options;
    const { record, index, path, destination } = file;
    const start = now();
    const key = keyIn(destination, posix.basename(path));
    const location = { domain: "S3", bucket: destination.bucket, key };
    records.update(record, index, { StatusCode: "IN_PROGRESS" });
    try {
      const placing = async (object: PlacedObject) => records.placing(record, index, object);
      const { size } = await remote.retrieve(path, (content) =>
        store.writeStream(destination.bucket, key, content, placing),
      );
      records.update(record, index, { StatusCode: "COMPLETED" });
      this.emit(file, start, "Completed", { bytes: size, "local-file-location": location });
    } catch (error) {
      if (this.closed) {
        return; // Interrupted by us; the records say so.
      }
      const { code, message } = writeFailure(error);
      records.update(record, index, { StatusCode: "FAILED", FailureCode: code, FailureMessage: message });
      const failure = { "failure-code": code, "failure-message": message };
      this.emit(file, start, "Failed", { bytes: 0, ...failure, "local-file-location": location });
    }
  }

  private emit(file: QueuedFile, start: Date, outcome: "Completed" | "Failed", detail: EventDetail): void {
    const { connector, now, emit } = this.options;
    const subject = { connectorId: connector.id, url: connector.url, start, end: now() };
    emit(
      transferEvent(`SFTP Connector File Retrieve ${outcome}`, subject, {
        operation: "RETRIEVE",
        "transfer-id": file.record.transferId,
        "file-transfer-id": randomUUID(),
        "file-path": file.path,
        "status-code": outcome.toUpperCase(),
        "local-directory-path": file.directory,
        ...detail,
      }),
    );
  }
}
