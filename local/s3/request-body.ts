import type { IncomingMessage } from "node:http";
import { crc32 } from "node:zlib";
import { decodeAwsChunked } from "./aws-chunked";
import { S3Error } from "./s3-error";

const CHECKSUM = "x-amz-checksum-crc32";

const header = (request: IncomingMessage, name: string) => request.headers[name]?.toString();

function isAwsChunked(request: IncomingMessage): boolean {
  const encodings = (header(request, "content-encoding") ?? "").split(",").map((encoding) => encoding.trim());
  return encodings.includes("aws-chunked") || (header(request, "x-amz-content-sha256") ?? "").startsWith("STREAMING-");
}

/**
 * The object's bytes from a PutObject request. A CRC-32, which the SDKs send by default, is checked, whether it comes as a
 * header or as a trailer; other checksums are not.
 * @throws S3Error BadDigest, IncompleteBody
 */
export async function* objectBody(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  const trailers = new Map<string, string>();
  const chunked = isAwsChunked(request);
  let checksum = 0;
  let length = 0;
  for await (const piece of chunked ? decodeAwsChunked(request, trailers) : request) {
    checksum = crc32(piece, checksum);
    length += piece.length;
    yield piece;
  }
  const expectedLength = header(request, "x-amz-decoded-content-length");
  if (chunked && expectedLength !== undefined && Number(expectedLength) !== length) {
    throw new S3Error("IncompleteBody", 400, `The body has ${length} bytes, announced were ${expectedLength}`);
  }
  const expected = trailers.get(CHECKSUM) ?? header(request, CHECKSUM);
  const actual = Buffer.alloc(4);
  actual.writeUInt32BE(checksum);
  if (expected !== undefined && expected !== actual.toString("base64")) {
    throw new S3Error("BadDigest", 400, `The CRC-32 of the body is ${actual.toString("base64")}, sent was ${expected}`);
  }
}
