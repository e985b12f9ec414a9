import { readFileSync } from "node:fs";
import type { ListOptions, ObjectSummary, StoredText, WriteCondition } from "../../engine/ports/services";
import { SimulatedObjects } from "../../simulation/object-store";

export type ObjectOperation = "read" | "write" | "remove" | "head" | "list";

/** S3 with objects that lie in files, so that only a reader has their texts in memory. What is written over them is forgotten. */
export class StoredFolder extends SimulatedObjects {
  /** How often each was asked for. */
  readonly requests = new Map<ObjectOperation, number>();

  /** @param files by their keys. */
  constructor(private readonly files: ReadonlyMap<string, string>) {
    super(() => new Date());
  }

  override async read(bucket: string, key: string): Promise<StoredText | undefined> {
    this.count("read");
    const file = this.files.get(key);
    return file === undefined ? super.read(bucket, key) : { text: readFileSync(file, "utf8"), etag: "" };
  }

  override async write(bucket: string, key: string, text: string, condition?: WriteCondition): Promise<string> {
    this.count("write");
    return this.files.has(key) ? "" : super.write(bucket, key, text, condition);
  }

  override async head(bucket: string, key: string): Promise<ObjectSummary | undefined> {
    this.count("head");
    return super.head(bucket, key);
  }

  override list(bucket: string, prefix: string, options?: ListOptions) {
    this.count("list");
    return super.list(bucket, prefix, options);
  }

  private count(operation: ObjectOperation): void {
    this.requests.set(operation, (this.requests.get(operation) ?? 0) + 1);
  }
}
