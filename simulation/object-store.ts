import { ConditionFailed } from "../engine/ports/errors";
import type { ListOptions, ObjectStore, ObjectSummary, StoredText, WriteCondition } from "../engine/ports/services";
import { SimulatedBucket, type StoredObject } from "./bucket";

/** What somebody puts into a bucket: a text, or so many bytes that nobody reads, or a text that stands for so many. */
export interface PutContent {
  readonly text?: string;
  readonly size?: number;
  /** Now, by default. */
  readonly lastModified?: Date;
}

export interface SummaryPage {
  readonly objects: readonly ObjectSummary[];
  readonly isLast: boolean;
}

/** Amazon S3 in memory, with its conditional writes, its order of keys and the whole seconds of its `LastModified`. */
export class SimulatedObjects implements ObjectStore {
  private readonly buckets = new Map<string, SimulatedBucket>();
  private etags = 0;

  constructor(private readonly now: () => Date) {}

  /** Puts an object as somebody else would: unconditionally. @returns its ETag. */
  put(bucket: string, key: string, { text = "", size, lastModified = this.now() }: PutContent): string {
    this.etags += 1;
    const etag = `"${this.etags}"`;
    const seconds = Math.floor(lastModified.getTime() / 1000);
    const stored = { text, size: size ?? Buffer.byteLength(text), etag, lastModified: new Date(seconds * 1000) };
    this.bucket(bucket).put(key, stored);
    return etag;
  }

  delete(bucket: string, key: string): void {
    this.bucket(bucket).delete(key);
  }

  text(bucket: string, key: string): string | undefined {
    return this.bucket(bucket).get(key)?.text;
  }

  /** Looks at an object without asking for it. */
  peek(bucket: string, key: string): ObjectSummary | undefined {
    return summary(key, this.bucket(bucket).get(key));
  }

  keys(bucket: string, prefix = ""): string[] {
    return this.bucket(bucket).keys(prefix);
  }

  async read(bucket: string, key: string): Promise<StoredText | undefined> {
    const found = this.bucket(bucket).get(key);
    return found && { text: found.text, etag: found.etag };
  }

  async write(bucket: string, key: string, text: string, condition?: WriteCondition): Promise<string> {
    const etag = this.bucket(bucket).get(key)?.etag;
    if (condition !== undefined && ("ifMatch" in condition ? etag !== condition.ifMatch : etag !== undefined)) {
      throw new ConditionFailed(`${bucket}/${key}`);
    }
    return this.put(bucket, key, { text });
  }

  async remove(bucket: string, key: string, ifMatch: string): Promise<void> {
    if (this.bucket(bucket).get(key)?.etag !== ifMatch) {
      throw new ConditionFailed(`${bucket}/${key}`);
    }
    this.delete(bucket, key);
  }

  async head(bucket: string, key: string): Promise<ObjectSummary | undefined> {
    return this.peek(bucket, key);
  }

  async *list(bucket: string, prefix: string, { startAfter = "", flat = false }: ListOptions = {}) {
    let after = startAfter;
    for (let isLast = false; !isLast; ) {
      const page = this.page(bucket, prefix, after, flat);
      yield* page.objects;
      after = page.objects.at(-1)?.key ?? "";
      isLast = page.isLast;
    }
  }

  /** What one request of {@link list} gives. */
  page(bucket: string, prefix: string, startAfter: string, flat: boolean): SummaryPage {
    const { keys, isLast } = this.bucket(bucket).page(prefix, startAfter, flat);
    return { objects: keys.flatMap((key) => this.peek(bucket, key) ?? []), isLast };
  }

  private bucket(name: string): SimulatedBucket {
    const known = this.buckets.get(name) ?? new SimulatedBucket();
    this.buckets.set(name, known);
    return known;
  }
}

function summary(key: string, stored: StoredObject | undefined): ObjectSummary | undefined {
  return stored && { key, size: stored.size, lastModified: stored.lastModified };
}
