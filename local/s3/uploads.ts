import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isProcessAlive } from "../locking/process-alive";

export type Body = AsyncIterable<Uint8Array> | Uint8Array | string;

/** Where objects are written before they take their place, beside the buckets: no bucket's name begins with a dot. */
const FOLDER = ".uploads";

/** The half-written objects of this process. */
export class Uploads {
  private readonly folder: string;

  constructor(
    directory: string,
    private readonly now: (() => Date) | undefined,
  ) {
    this.folder = join(directory, FOLDER);
  }

  /** Makes the folder, and removes what processes left in it that are no more. */
  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const name of await readdir(this.folder)) {
      if (!isProcessAlive(Number.parseInt(name, 10))) {
        await rm(join(this.folder, name), { force: true });
      }
    }
  }

  /** Writes a body to a file of its own; on failure nothing stays. */
  async write(body: Body): Promise<string> {
    const path = join(this.folder, `${process.pid}-${randomUUID()}`);
    try {
      const source = typeof body === "string" || body instanceof Uint8Array ? [Buffer.from(body)] : body;
      await pipeline(Readable.from(source, { objectMode: false }), createWriteStream(path, { flags: "wx" }));
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
