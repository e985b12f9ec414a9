import type { FileHandle } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { WriteCondition } from "./conditions";
import { SMALL_BYTES } from "./etag";
import { objectBody } from "./request-body";
import { noSuchKey, notImplemented, S3Error } from "./s3-error";
import type { ObjectInfo, S3Store } from "./s3-store";

export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

/** GetObject, HeadObject, PutObject and DeleteObject. */
export async function objectRequest(
  store: S3Store,
  address: ObjectAddress,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (request.method) {
    case "HEAD":
      refuseConditions(request);
      return headObject(store, address, response);
    case "GET":
      refuseConditions(request);
      return getObject(store, address, request, response);
    case "PUT":
      return putObject(store, address, request, response);
    case "DELETE":
      await store.delete(address.bucket, address.key, request.headers["if-match"]);
      response.writeHead(204).end();
      return;
    default:
      throw notImplemented(`${request.method} of an object`);
  }
}

const READ_CONDITIONS = ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since"];

function refuseConditions({ headers }: IncomingMessage): void {
  const condition = READ_CONDITIONS.find((name) => headers[name] !== undefined);
  if (condition !== undefined) {
    throw notImplemented(`reading with ${condition}`);
  }
}

function setObjectHeaders(response: ServerResponse, info: ObjectInfo, length: number): void {
  response.setHeader("etag", info.etag);
  response.setHeader("last-modified", info.lastModified.toUTCString());
  response.setHeader("content-length", length);
  // What S3 says of an object that was written without a type: plain files have no place to keep another.
  response.setHeader("content-type", "binary/octet-stream");
  response.setHeader("accept-ranges", "bytes");
}

async function headObject(store: S3Store, { bucket, key }: ObjectAddress, response: ServerResponse): Promise<void> {
  const info = await store.head(bucket, key);
  if (info === undefined) {
    throw noSuchKey(key);
  }
  setObjectHeaders(response, info, info.size);
  response.end();
}

async function getObject(
  store: S3Store,
  { bucket, key }: ObjectAddress,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const object = await store.open(bucket, key);
  if (object === undefined) {
    throw noSuchKey(key);
  }
  try {
    const range = byteRange(request.headers.range, object.size);
    const { first, last } = range ?? { first: 0, last: object.size - 1 };
    setObjectHeaders(response, object, last - first + 1);
    if (range !== undefined) {
      response.setHeader("content-range", `bytes ${first}-${last}/${object.size}`);
    }
    response.statusCode = range === undefined ? 200 : 206;
    if (last < first) {
      response.end();
      return;
    }
    const length = last - first + 1;
    if (length <= SMALL_BYTES) {
      response.end(await readPart(object.handle, first, length));
      return;
    }
    await pipeline(object.handle.createReadStream({ start: first, end: last, autoClose: false }), response);
  } finally {
    await object.handle.close();
  }
}

async function readPart(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) {
    throw new Error("The object was cut off from outside while it was read");
  }
  return buffer;
}

/** The first and last byte of a Range header; `undefined` for none and, as HTTP has it, for one in another form. */
function byteRange(range: string | undefined, size: number): { first: number; last: number } | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (from === "" && to === "") {
    return undefined;
  }
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (first >= size || last < first) {
    throw new S3Error("InvalidRange", 416, "The requested range is not satisfiable");
  }
  return { first, last };
}

async function putObject(
  store: S3Store,
  { bucket, key }: ObjectAddress,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.headers["x-amz-copy-source"] !== undefined) {
    throw notImplemented("CopyObject");
  }
  const { etag } = await store.put(bucket, key, objectBody(request), writeCondition(request));
  response.setHeader("etag", etag);
  response.end();
}

function writeCondition({ headers }: IncomingMessage): WriteCondition | undefined {
  const ifNoneMatch = headers["if-none-match"];
  if (ifNoneMatch !== undefined && ifNoneMatch !== "*") {
    throw notImplemented("If-None-Match with another value than *");
  }
  if (ifNoneMatch !== undefined) {
    return { ifAbsent: true };
  }
  return headers["if-match"] === undefined ? undefined : { ifMatch: headers["if-match"] };
}
