import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import type { FileHandle } from "node:fs/promises";

/** Up to this size the ETag is the MD5 of the content, as after a plain PutObject. */
export const SMALL_BYTES = 1024 * 1024;
const PART_BYTES = 8 * 1024 * 1024;
const CACHE_ENTRIES = 10_000;

/**
 * ETags from the files themselves, so that no metadata lies beside them. A larger object gets one of the form that a
 * multipart upload has, made from the file's identity, size and time: a HEAD then never has to read the content, and it
 * changes whenever the object is written, which is all that anybody may assume of it.
 */
export class ETags {
  private readonly cache = new Map<string, string>();

  /** The ETag of a file as far as it is known without its content. */
  known(stats: BigIntStats): string | undefined {
    return stats.size > SMALL_BYTES ? etagOfLarge(stats) : this.cache.get(identityOf(stats));
  }

  /** The ETag of an open file; the handle's position is not moved. */
  async of(file: FileHandle, stats: BigIntStats): Promise<string> {
    const known = this.known(stats);
    if (known !== undefined) {
      return known;
    }
    const content = Buffer.alloc(Number(stats.size));
    await file.read(content, 0, content.length, 0);
    return this.note(stats, content);
  }

  /** Remembers the ETag of a small file whose content is at hand. */
  note(stats: BigIntStats, content: Uint8Array): string {
    const etag = `"${createHash("md5").update(content).digest("hex")}"`;
    if (this.cache.size >= CACHE_ENTRIES) {
      this.cache.clear();
    }
    this.cache.set(identityOf(stats), etag);
    return etag;
  }
}

/** The ETag of a file over {@link SMALL_BYTES}. */
export function etagOfLarge(stats: BigIntStats): string {
  const digest = createHash("md5").update(identityOf(stats)).digest("hex");
  return `"${digest}-${Math.ceil(Number(stats.size) / PART_BYTES)}"`;
}

const identityOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats) => `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`;
