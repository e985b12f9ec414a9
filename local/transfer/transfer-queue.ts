import { randomUUID } from "node:crypto";
import { posix } from "node:path";
import type { Connector, RemoteFiles } from "./connector";
import type { ConnectorStore, PlacedObject } from "./connector-store";
import type { NextFile } from "./read-file";
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

/** One of the transfers that may be under way at once: it takes a file after another. */
interface Lane {
  /** Its next file, which its connection may have opened already. */
  next: QueuedFile | undefined;
}

/** The files that one connector is to fetch: as many at once as it has connections, each for itself. */
export class TransferQueue {
  private readonly waiting: QueuedFile[] = [];
  private readonly lanes = new Set<Lane>();
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
    while (!this.closed && this.waiting.length > 0 && this.lanes.size < this.mostLanes) {
      const lane: Lane = { next: undefined };
      this.lanes.add(lane);
      const work = this.run(lane).finally(() => this.running.delete(work));
      this.running.add(work);
    }
  }

  private get mostLanes(): number {
    return this.options.connector.maxConcurrentConnections;
  }

  /** Transfers files until no more are there for this lane. */
  private async run(lane: Lane): Promise<void> {
    try {
      for (let file = this.take(lane); file !== undefined; file = this.take(lane)) {
        await this.transfer(file, () => this.nextOf(lane)).finally(() => this.release(1));
        this.pump(); // The connector may have more connections now.
      }
    } finally {
      this.lanes.delete(lane);
    }
  }

  private take(lane: Lane): QueuedFile | undefined {
    const own = lane.next;
    lane.next = undefined;
    if (this.lanes.size > this.mostLanes && own !== undefined) {
      this.waiting.unshift(own); // The connector has fewer connections now.
    }
    if (this.closed || this.lanes.size > this.mostLanes) {
      return undefined;
    }
    return own ?? this.waiting.shift() ?? this.takeFromOther();
  }

  /** Where nothing is left but what others have before them, who may be busy with a large file. */
  private takeFromOther(): QueuedFile | undefined {
    for (const lane of this.lanes) {
      const { next } = lane;
      if (next !== undefined) {
        lane.next = undefined;
        return next;
      }
    }
    return undefined;
  }

  private nextOf(lane: Lane): string | undefined {
    lane.next ??= this.waiting.shift();
    return lane.next?.path;
  }

  private async transfer(file: QueuedFile, next: NextFile): Promise<void> {
    const { remote, store, records, now } = this.options;
    const { record, index, path, destination } = file;
    const start = now();
    const key = keyIn(destination, posix.basename(path));
    const location = { domain: "S3", bucket: destination.bucket, key };
    records.update(record, index, { StatusCode: "IN_PROGRESS" });
    try {
      const placing = async (object: PlacedObject) => records.placing(record, index, object);
      const { size } = await remote.retrieve(
        path,
        (content) => store.writeStream(destination.bucket, key, content, placing),
        next,
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
