import { randomUUID } from "node:crypto";
import { type BigIntStats, lstatSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { refuseLinks } from "../errors/links";
import { SMALL_BYTES } from "./etag";

export type Body = AsyncIterable<Uint8Array> | Uint8Array | string;

/** A body that is written, and has no place yet. */
export interface Upload {
  readonly path: string;
  readonly stats: BigIntStats;
  /** All of it, up to {@link SMALL_BYTES}. */
  readonly content: Uint8Array | undefined;
}

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
    refuseLinks(this.directory, this.folder);
    await mkdir(this.folder, { recursive: true });
    refuseLinks(this.directory, this.folder);
  }

  /** Removes all of them, and nothing that has another name. */
  async clear(): Promise<void> {
    for (const name of (await readdir(this.folder)).filter((one) => UUID.test(one))) {
      await rm(join(this.folder, name), { force: true });
    }
  }

  /** Writes a body to a file of its own, a small one at once, which costs a tenth of a stream; on failure nothing stays. */
  async write(body: Body): Promise<Upload> {
    const { start, rest } = await read(body);
    const path = join(this.folder, randomUUID());
    refuseLinks(this.directory, this.folder);
    try {
      if (rest === undefined) {
        writeFileSync(path, start, { flag: "wx" });
      } else {
        // Opened before more is read: a file that a stream is still opening would appear after it was removed.
        const file = await open(path, "wx");
        await pipeline(Readable.from(joined(start, rest), { objectMode: false }), file.createWriteStream());
      }
      if (this.now !== undefined) {
        utimesSync(path, this.now(), this.now());
      }
      return {
        path,
        stats: lstatSync(path, { bigint: true }),
        content: rest === undefined && start.length <= SMALL_BYTES ? start : undefined,
      };
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    }
  }
}

interface Begun {
  readonly start: Uint8Array;
  /** What comes after it; `undefined` where that is all. */
  readonly rest: AsyncIterator<Uint8Array> | undefined;
}

async function read(body: Body): Promise<Begun> {
  if (typeof body === "string" || body instanceof Uint8Array) {
    return { start: Buffer.from(body), rest: undefined };
  }
  const rest = body[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    pieces.push(next.value);
    bytes += next.value.length;
    if (bytes > SMALL_BYTES) {
      return { start: Buffer.concat(pieces), rest };
    }
  }
  return { start: Buffer.concat(pieces), rest: undefined };
}

async function* joined(start: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield start;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value;
    }
  } finally {
    await rest.return?.(); // Whoever reads no further lets go of it.
  }
}
