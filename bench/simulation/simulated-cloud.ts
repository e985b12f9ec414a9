import { SimulatedBucket, type StoredObject } from "./bucket";
import type { RemoteTree } from "./remote-tree";
import { type Ask, REQUEST_MILLISECONDS, type Request } from "./requests";
import { type Pace, SimulatedConnector } from "./simulated-connector";

/** What was asked for so far. */
export interface Traffic {
  readonly requests: number;
  /** Objects written into the list-results bucket by the engine, and their bytes. */
  readonly objectsWritten: number;
  readonly bytesWritten: number;
}

export interface SimulatedCloudProps {
  readonly tree: RemoteTree;
  readonly pace: Pace;
  /** By how much every request takes longer than assumed; 1 by default. */
  readonly slowness?: number;
}

/** S3, the connector and Step Functions' own API, with a clock that moves only while something takes its time. */
export class SimulatedCloud {
  readonly connector: SimulatedConnector;
  /** Executions that were started by the run itself. */
  readonly started: { readonly name: string; readonly input: unknown }[] = [];
  private readonly buckets = new Map<string, SimulatedBucket>();
  private milliseconds = Date.parse("2026-03-01T00:00:00Z");
  private counted: Traffic = { requests: 0, objectsWritten: 0, bytesWritten: 0 };

  constructor(private readonly props: SimulatedCloudProps) {
    this.connector = new SimulatedConnector(props.tree, props.pace, (name) => this.bucket(name));
  }

  /** Milliseconds of the virtual clock. */
  get now(): number {
    return this.milliseconds;
  }

  /** Since the beginning. */
  get traffic(): Traffic {
    return this.counted;
  }

  pass(milliseconds: number): void {
    this.milliseconds += milliseconds;
  }

  bucket(name: string): SimulatedBucket {
    const known = this.buckets.get(name) ?? new SimulatedBucket();
    this.buckets.set(name, known);
    return known;
  }

  /** Answers a request of the engine; the answer comes after the time that it takes. */
  readonly answer: Ask = async (request, at) => {
    const { slowness = 1 } = this.props;
    const time =
      request.operation === "sleep" ? request.milliseconds : REQUEST_MILLISECONDS[request.operation] * slowness;
    this.milliseconds = Math.max(this.milliseconds, at + time);
    this.connector.settle(this.milliseconds);
    this.counted = { ...this.counted, requests: this.counted.requests + 1 };
    if (!this.conditionHolds(request)) {
      return { status: "conditionFailed", now: this.milliseconds };
    }
    return { status: "done", now: this.milliseconds, value: this.perform(request) };
  };

  private conditionHolds(request: Request): boolean {
    if (request.operation === "remove") {
      return this.bucket(request.bucket).get(request.key)?.etag === request.ifMatch;
    }
    if (request.operation !== "write" || request.condition === undefined) {
      return true;
    }
    const etag = this.bucket(request.bucket).get(request.key)?.etag;
    return "ifMatch" in request.condition ? etag === request.condition.ifMatch : etag === undefined;
  }

  private perform(request: Request): unknown {
    switch (request.operation) {
      case "read":
        return stored(this.bucket(request.bucket).get(request.key));
      case "write":
        return this.write(request.bucket, request.key, request.text);
      case "remove":
        return this.bucket(request.bucket).delete(request.key);
      case "head":
        return summary(request.key, this.bucket(request.bucket).get(request.key));
      case "list":
        return this.page(request.bucket, request.prefix, request.startAfter);
      case "startListing":
        return this.connector.startListing(request, this.milliseconds);
      case "startTransfer":
        return this.connector.startTransfer(request, this.milliseconds);
      case "results":
        return this.connector.results(request.transferId, this.milliseconds);
      case "maxConcurrentConnections":
        return this.props.pace.connections;
      case "hasValue":
        return true;
      case "isRunning":
        return false;
      case "startExecution":
        return this.started.push({ name: request.name, input: request.input });
      case "sleep":
        return undefined;
    }
  }

  private write(bucket: string, key: string, text: string): string {
    const { etag, size } = this.bucket(bucket).put(key, { text }, this.milliseconds);
    const { objectsWritten, bytesWritten, ...traffic } = this.counted;
    this.counted = { ...traffic, objectsWritten: objectsWritten + 1, bytesWritten: bytesWritten + size };
    return etag;
  }

  private page(bucketName: string, prefix: string, startAfter = "") {
    const bucket = this.bucket(bucketName);
    const { keys, isLast } = bucket.list(prefix, startAfter);
    return { objects: keys.map((key) => summary(key, bucket.get(key))), isLast };
  }
}

function stored(object: StoredObject | undefined) {
  return object && { text: object.text ?? "", etag: object.etag };
}

function summary(key: string, object: StoredObject | undefined) {
  return object && { key, size: object.size, lastModified: new Date(object.modified) };
}
