import { FUNCTION_DIED } from "../../../contract/run-loop";
import { ConditionFailed } from "../../../engine/ports/errors";
import type {
  ListOptions,
  ObjectStore,
  ObjectSummary,
  StoredText,
  WriteCondition,
} from "../../../engine/ports/services";

interface Stored {
  readonly text: string;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: Date;
}

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

/** Buckets in memory, with S3's conditional writes and its whole seconds in `LastModified`. */
export class FakeObjects implements ObjectStore {
  readonly requests: ObjectRequest[] = [];
  crashAt: CrashAt | undefined;
  writes = 0;
  /** Called before every write and removal, to let somebody else get ahead. */
  beforeWrite: ((bucket: string, key: string) => void) | undefined;
  private readonly stored = new Map<string, Stored>();
  private etags = 0;

  constructor(private readonly now: () => Date) {}

  /** Puts an object as somebody else would: unconditionally and uncounted. */
  put(bucket: string, key: string, content: { text?: string; size?: number; lastModified?: Date }): string {
    this.etags += 1;
    const { text = "", size = Buffer.byteLength(text), lastModified = this.now() } = content;
    const etag = `"${this.etags}"`;
    const seconds = new Date(Math.floor(lastModified.getTime() / 1000) * 1000);
    this.stored.set(address(bucket, key), { text, size, etag, lastModified: seconds });
    return etag;
  }

  delete(bucket: string, key: string): void {
    this.stored.delete(address(bucket, key));
  }

  text(bucket: string, key: string): string | undefined {
    return this.stored.get(address(bucket, key))?.text;
  }

  /** Looks at an object without asking for it. */
  peek(bucket: string, key: string): ObjectSummary | undefined {
    return this.summary(bucket, key);
  }

  keys(bucket: string, prefix = ""): string[] {
    const start = address(bucket, prefix);
    return [...this.stored.keys()]
      .filter((known) => known.startsWith(start))
      .map((known) => known.slice(bucket.length + 1))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  requestsTo(bucket: string): ObjectRequest[] {
    return this.requests.filter((request) => request.bucket === bucket);
  }

  async read(bucket: string, key: string): Promise<StoredText | undefined> {
    this.requests.push({ operation: "read", bucket, key });
    const found = this.stored.get(address(bucket, key));
    return found && { text: found.text, etag: found.etag };
  }

  async write(bucket: string, key: string, text: string, condition?: WriteCondition): Promise<string> {
    this.requests.push({ operation: "write", bucket, key });
    return this.counted(() => {
      this.beforeWrite?.(bucket, key);
      const etag = this.stored.get(address(bucket, key))?.etag;
      const holds =
        condition === undefined || ("ifMatch" in condition ? etag === condition.ifMatch : etag === undefined);
      if (!holds) {
        throw new ConditionFailed(`${bucket}/${key}`);
      }
      return this.put(bucket, key, { text });
    });
  }

  async remove(bucket: string, key: string, ifMatch: string): Promise<void> {
    this.requests.push({ operation: "remove", bucket, key });
    this.counted(() => {
      this.beforeWrite?.(bucket, key);
      if (this.stored.get(address(bucket, key))?.etag !== ifMatch) {
        throw new ConditionFailed(`${bucket}/${key}`);
      }
      this.delete(bucket, key);
    });
  }

  async head(bucket: string, key: string): Promise<ObjectSummary | undefined> {
    this.requests.push({ operation: "head", bucket, key });
    return this.summary(bucket, key);
  }

  async *list(bucket: string, prefix: string, options: ListOptions = {}): AsyncGenerator<ObjectSummary> {
    const { startAfter, flat = false } = options;
    this.requests.push({ operation: "list", bucket, key: prefix, ...(startAfter === undefined ? {} : { startAfter }) });
    for (const key of this.keys(bucket, prefix)) {
      const isAfter = startAfter === undefined || Buffer.compare(Buffer.from(key), Buffer.from(startAfter)) > 0;
      const summary = this.summary(bucket, key);
      if (isAfter && summary !== undefined && !(flat && key.slice(prefix.length).includes("/"))) {
        yield summary;
      }
    }
  }

  private summary(bucket: string, key: string): ObjectSummary | undefined {
    const found = this.stored.get(address(bucket, key));
    return found && { key, size: found.size, lastModified: found.lastModified };
  }

  private counted<T>(change: () => T): T {
    this.writes += 1;
    const crash = this.crashAt?.write === this.writes ? this.crashAt.moment : undefined;
    if (crash === "before") {
      throw new Crash(`before write ${this.writes}`);
    }
    const result = change();
    if (crash === "after") {
      throw new Crash(`after write ${this.writes}`);
    }
    return result;
  }
}

function address(bucket: string, key: string): string {
  return `${bucket}/${key}`;
}
