import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { crc32 } from "node:zlib";
import { decodeAwsChunked } from "./aws-chunked";
import { S3Error } from "./s3-error";

interface Digest {
  update(piece: Uint8Array): unknown;
  digest(encoding: "base64"): string;
}

function crc32Digest(): Digest {
  let value = 0;
  return {
    update: (piece) => {
      value = crc32(piece, value);
    },
    digest: (encoding) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString(encoding);
    },
  };
}

/** What a body is checked by, as a header or as a trailer. The SDKs send a CRC-32 by default. */
const DIGESTS: ReadonlyMap<string, () => Digest> = new Map([
  ["content-md5", () => createHash("md5")],
  ["x-amz-checksum-crc32", crc32Digest],
  ["x-amz-checksum-sha1", () => createHash("sha1")],
  ["x-amz-checksum-sha256", () => createHash("sha256")],
]);

const header = (request: IncomingMessage, name: string) => request.headers[name]?.toString();

function isAwsChunked(request: IncomingMessage): boolean {
  const encodings = (header(request, "content-encoding") ?? "").split(",").map((encoding) => encoding.trim());
  return encodings.includes("aws-chunked") || (header(request, "x-amz-content-sha256") ?? "").startsWith("STREAMING-");
}

/**
 * The object's bytes from a PutObject request, checked against the digests that it brings; CRC-32C and CRC-64/NVME, for which
 * Node.js has no function, are not.
 * @throws S3Error BadDigest, IncompleteBody
 */
export async function* objectBody(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  const trailers = new Map<string, string>();
  const chunked = isAwsChunked(request);
  const isSent = (name: string) => header(request, name) !== undefined || header(request, "x-amz-trailer") === name;
  const digests = [...DIGESTS].flatMap(([name, start]) => (isSent(name) ? [{ name, digest: start() }] : []));
  let length = 0;
  for await (const piece of chunked ? decodeAwsChunked(request, trailers) : request) {
    for (const { digest } of digests) {
      digest.update(piece);
    }
    length += piece.length;
    yield piece;
  }
  const expectedLength = header(request, "x-amz-decoded-content-length");
  if (chunked && expectedLength !== undefined && Number(expectedLength) !== length) {
    throw new S3Error("IncompleteBody", 400, `The body has ${length} bytes, announced were ${expectedLength}`);
  }
  for (const { name, digest } of digests) {
    const expected = trailers.get(name) ?? header(request, name);
    const actual = digest.digest("base64");
    if (expected !== actual) {
      throw new S3Error("BadDigest", 400, `The body's ${name} is ${actual}, sent was ${expected}`);
    }
  }
}
