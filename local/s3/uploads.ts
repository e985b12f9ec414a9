import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { refuseLinks } from "../errors/links";

export type Body = AsyncIterable<Uint8Array> | Uint8Array | string;

/** Where objects are written before they take their place, in our own folder beside the buckets: no bucket's name begins with a dot. */
const FOLDER = join(".sftp-sync", "uploads");

/** What a half-written object is called. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Half-written objects. */
export class Uploads {
  private readonly folder: string;

  constructor(
    private readonly directory: string,
    private readonly now: (() => Date) | undefined,
  ) {
    this.folder = join(directory, FOLDER);
  }

  async open(): Promise<void> {
    await refuseLinks(this.directory, this.folder);
    await mkdir(this.folder, { recursive: true });
    await refuseLinks(this.directory, this.folder);
  }

  /** Removes all of them, and nothing that has another name. */
  async clear(): Promise<void> {
    for (const name of (await readdir(this.folder)).filter((one) => UUID.test(one))) {
      await rm(join(this.folder, name), { force: true });
    }
  }

  /** Writes a body to a file of its own; on failure nothing stays. */
  async write(body: Body): Promise<string> {
    const path = join(this.folder, randomUUID());
    await refuseLinks(this.directory, this.folder);
    try {
      const source = typeof body === "string" || body instanceof Uint8Array ? [Buffer.from(body)] : body;
      // Opened before the body is read: a file that a stream is still opening would appear after it was removed.
      const file = await open(path, "wx");
      await pipeline(Readable.from(source, { objectMode: false }), file.createWriteStream());
      if (this.now !== undefined) {
        await utimes(path, this.now(), this.now());
      }
      return path;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }
}
