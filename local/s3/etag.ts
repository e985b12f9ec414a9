import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import type { FileHandle } from "node:fs/promises";

/** Up to this size the ETag is the MD5 of the content, as after a plain PutObject. */
const MD5_LIMIT = 1024 * 1024;
const PART_BYTES = 8 * 1024 * 1024;
const CACHE_ENTRIES = 10_000;

/**
 * ETags from the files themselves, so that no metadata lies beside them. A larger object gets one of the form that a
 * multipart upload has, made from the file's identity, size and time: a HEAD then never has to read the content, and it
 * changes whenever the object is written, which is all that anybody may assume of it.
 */
export class ETags {
  private readonly cache = new Map<string, string>();

  /** The ETag of an open file; the handle's position is not moved. */
  async of(file: FileHandle, stats: BigIntStats): Promise<string> {
    const identity = `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`;
    if (stats.size > MD5_LIMIT) {
      return `"${createHash("md5").update(identity).digest("hex")}-${Math.ceil(Number(stats.size) / PART_BYTES)}"`;
    }
    const cached = this.cache.get(identity);
    if (cached !== undefined) {
      return cached;
    }
    const content = Buffer.alloc(Number(stats.size));
    await file.read(content, 0, content.length, 0);
    const etag = `"${createHash("md5").update(content).digest("hex")}"`;
    this.remember(identity, etag);
    return etag;
  }

  private remember(identity: string, etag: string): void {
    if (this.cache.size >= CACHE_ENTRIES) {
      this.cache.clear();
    }
    this.cache.set(identity, etag);
  }
}
