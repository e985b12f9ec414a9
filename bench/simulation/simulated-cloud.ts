import { ConditionFailed } from "../../engine/ports/errors";
import type { ExecutionService, SecretService, WriteCondition } from "../../engine/ports/services";
import { SimulatedClock } from "../../simulation/clock";
import { SimulatedObjects } from "../../simulation/object-store";
import type { RemoteTree } from "../../simulation/remote-tree";
import { type Pace, PacedConnector } from "./paced-connector";
import { type Answer, type Ask, type Request, requestMilliseconds } from "./requests";
import type { Until } from "./turns";

export function requestsBetween(before: S3Requests, after: S3Requests): S3Requests {
  return {
    read: after.read - before.read,
    head: after.head - before.head,
    write: after.write - before.write,
    page: after.page - before.page,
    remove: after.remove - before.remove,
  };
}

const START = new Date("2026-03-01T00:00:00Z");

/** What was asked for so far. */
export interface Traffic {
  readonly requests: number;
  /** Objects written into the list-results bucket by the engine, and their bytes. */
  readonly objectsWritten: number;
  readonly bytesWritten: number;
  /** The engine's requests to S3. */
  readonly s3: S3Requests;
}

/** By kind; a LIST is a page. What the connector writes is not among them. */
export type S3Requests = Readonly<Record<(typeof S3_KINDS)[number], number>>;

const S3_KINDS = ["read", "head", "write", "page", "remove"] as const;

export interface StartedExecution {
  readonly name: string;
  readonly input: unknown;
}

export interface SimulatedCloudProps {
  readonly tree: RemoteTree;
  readonly pace: Pace;
  /** By how much every request takes longer than assumed; 1 by default. */
  readonly slowness?: number;
}

/** The services, with a clock that moves only while something takes its time. */
export class SimulatedCloud {
  readonly clock = new SimulatedClock(START);
  readonly objects = new CountedObjects(() => this.clock.now());
  readonly connector: PacedConnector;
  readonly secrets: SecretService = { hasValue: async () => true };
  /** Executions that were started by the run itself. */
  readonly started: StartedExecution[] = [];
  readonly executions: ExecutionService = {
    isRunning: async () => false,
    start: async (_stateMachineArn, name, input) => {
      this.started.push({ name, input });
    },
  };
  private requests = 0;
  private readonly s3 = { read: 0, head: 0, write: 0, page: 0, remove: 0 };

  constructor(private readonly props: SimulatedCloudProps) {
    this.connector = new PacedConnector({ objects: this.objects, remote: props.tree, clock: this.clock }, props.pace);
  }

  /** Milliseconds of the virtual clock. */
  get now(): number {
    return this.clock.now().getTime();
  }

  /** Since the beginning. */
  get traffic(): Traffic {
    const { written, bytesWritten } = this.objects;
    return { requests: this.requests, objectsWritten: written, bytesWritten, s3: { ...this.s3 } };
  }

  /** Answers a request of the engine; the answer comes after the time that it takes. */
  readonly answer: Ask = async (request, at) => {
    this.clock.advanceTo(this.answerAt(request, at));
    return this.answered(request);
  };

  /** The same for one of several that share the clock. */
  answerAmong(until: Until): Ask {
    return async (request, at) => {
      await until(this.answerAt(request, at));
      return this.answered(request);
    };
  }

  private answerAt(request: Request, at: number): number {
    return at + requestMilliseconds(request, this.props.slowness ?? 1);
  }

  private async answered(request: Request): Promise<Answer> {
    this.connector.settle();
    this.requests += 1;
    this.count(request);
    // Requests that are made together are answered together.
    const { now } = this;
    try {
      return { status: "done", now, value: await this.perform(request) };
    } catch (error) {
      if (error instanceof ConditionFailed) {
        return { status: "conditionFailed", now };
      }
      throw error;
    }
  }

  private count(request: Request): void {
    const kind = S3_KINDS.find((known) => request.kind === "call" && request.method === known);
    if (kind !== undefined) {
      this.s3[kind] += 1;
    }
  }

  private perform(request: Request): unknown {
    if (request.kind === "sleep") {
      return undefined;
    }
    const service = this[request.service];
    const method: unknown = Reflect.get(service, request.method);
    if (typeof method !== "function") {
      throw new Error(`The simulated cloud has no ${request.service}.${request.method}`);
    }
    return Reflect.apply(method, service, request.input);
  }
}

/** Counts what the engine writes. */
class CountedObjects extends SimulatedObjects {
  written = 0;
  bytesWritten = 0;

  override async write(bucket: string, key: string, text: string, condition?: WriteCondition): Promise<string> {
    const etag = await super.write(bucket, key, text, condition);
    this.written += 1;
    this.bytesWritten += Buffer.byteLength(text);
    return etag;
  }
}
