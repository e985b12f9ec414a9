import { S3Error } from "./s3-error";

/** Bytes of a line: a size with a signature, or a trailer. The SDKs write at most a few hundred. */
const MOST_BYTES_OF_LINE = 8192;

const MOST_TRAILERS = 100;

const malformed = (what: string) => new S3Error("IncompleteBody", 400, `The aws-chunked body ${what}`);

/** Reads lines and counted bytes from a stream of buffers. */
class ByteReader {
  private buffer: Buffer = Buffer.alloc(0);
  private readonly source: AsyncIterator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  private async more(): Promise<void> {
    const next = await this.source.next();
    if (next.done === true) {
      throw malformed("ends too early");
    }
    this.buffer = Buffer.concat([this.buffer, next.value]);
  }

  /** A line without its CRLF. */
  async line(): Promise<string> {
    let end = this.buffer.indexOf("\r\n");
    while (end < 0) {
      if (this.buffer.length > MOST_BYTES_OF_LINE) {
        throw malformed("has a line that does not end");
      }
      await this.more();
      end = this.buffer.indexOf("\r\n");
    }
    const line = this.buffer.toString("latin1", 0, end);
    this.buffer = this.buffer.subarray(end + 2);
    return line;
  }

  /** Exactly so many bytes, in the pieces in which they come. */
  async *bytes(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0; ) {
      if (this.buffer.length === 0) {
        await this.more();
      }
      const piece = this.buffer.subarray(0, left);
      this.buffer = this.buffer.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }
}

/**
 * The payload of an `aws-chunked` body, which the SDKs send when a checksum follows as a trailer (`x-amz-content-sha256:
 * STREAMING-...`). Trailers are put into `trailers`, names in lower case; chunk signatures are not checked.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  trailers: Map<string, string>,
): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(source);
  for (;;) {
    const [size = ""] = (await reader.line()).split(";");
    if (!/^[0-9a-f]+$/i.test(size)) {
      throw malformed("has a chunk without a size");
    }
    const count = Number.parseInt(size, 16);
    if (count === 0) {
      break;
    }
    yield* reader.bytes(count);
    if ((await reader.line()) !== "") {
      throw malformed("has a chunk longer than its size");
    }
  }
  for (let line = await reader.line(); line !== ""; line = await reader.line()) {
    const colon = line.indexOf(":");
    if (colon < 1 || trailers.size >= MOST_TRAILERS) {
      throw malformed("has no list of trailers at its end");
    }
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}
