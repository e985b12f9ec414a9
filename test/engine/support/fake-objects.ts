import { FUNCTION_DIED } from "../../../contract/run-loop";
import type { ListOptions, ObjectSummary, StoredText, WriteCondition } from "../../../engine/ports/services";
import { SimulatedObjects } from "../../../simulation/object-store";

export interface ObjectRequest {
  readonly operation: "read" | "write" | "remove" | "head" | "list";
  readonly bucket: string;
  /** A key, or for `list` a prefix. */
  readonly key: string;
  readonly startAfter?: string;
}

/** Thrown where a test lets an invocation die. */
export class Crash extends Error {
  override readonly name = FUNCTION_DIED;
}

/** `before`: the write did not happen. `after`: it did, but nobody lived to see the answer. */
export interface CrashAt {
  /** Counts from 1, over writes and removals. */
  readonly write: number;
  readonly moment: "before" | "after";
}

/** S3 in memory, which a test may let die at a write, and of which it sees every request. */
export class FakeObjects extends SimulatedObjects {
  readonly requests: ObjectRequest[] = [];
  crashAt: CrashAt | undefined;
  writes = 0;
  /** Called before every write and removal, to let somebody else get ahead. */
  beforeWrite: ((bucket: string, key: string) => void) | undefined;

  requestsTo(bucket: string): ObjectRequest[] {
    return this.requests.filter((request) => request.bucket === bucket);
  }

  override read(bucket: string, key: string): Promise<StoredText | undefined> {
    this.requests.push({ operation: "read", bucket, key });
    return super.read(bucket, key);
  }

  override write(bucket: string, key: string, text: string, condition?: WriteCondition): Promise<string> {
    this.requests.push({ operation: "write", bucket, key });
    return this.counted(bucket, key, () => super.write(bucket, key, text, condition));
  }

  override remove(bucket: string, key: string, ifMatch: string): Promise<void> {
    this.requests.push({ operation: "remove", bucket, key });
    return this.counted(bucket, key, () => super.remove(bucket, key, ifMatch));
  }

  override head(bucket: string, key: string): Promise<ObjectSummary | undefined> {
    this.requests.push({ operation: "head", bucket, key });
    return super.head(bucket, key);
  }

  override list(bucket: string, prefix: string, options: ListOptions = {}): AsyncGenerator<ObjectSummary> {
    const { startAfter } = options;
    this.requests.push({ operation: "list", bucket, key: prefix, ...(startAfter === undefined ? {} : { startAfter }) });
    return super.list(bucket, prefix, options);
  }

  private async counted<T>(bucket: string, key: string, change: () => Promise<T>): Promise<T> {
    this.writes += 1;
    const write = this.writes;
    const crash = this.crashAt?.write === write ? this.crashAt.moment : undefined;
    if (crash === "before") {
      throw new Crash(`before write ${write}`);
    }
    this.beforeWrite?.(bucket, key);
    const result = await change();
    if (crash === "after") {
      throw new Crash(`after write ${write}`);
    }
    return result;
  }
}
