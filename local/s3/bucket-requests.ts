import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { firstIssues } from "../../contract/first-issues";
import { noSuchBucket, notImplemented, S3Error } from "./s3-error";
import type { S3Store } from "./s3-store";
import { listXml } from "./xml";

const listQuerySchema = z.looseObject({
  "list-type": z.literal("2"),
  prefix: z.string().default(""),
  delimiter: z.string().default(""),
  "max-keys": z.coerce.number().int().min(0).default(1000),
  "start-after": z.string().optional(),
  "continuation-token": z.string().optional(),
  "encoding-type": z.literal("url").optional(),
});

const tokenSchema = z.object({ after: z.string(), afterCommonPrefix: z.string() });

const writeToken = (position: z.infer<typeof tokenSchema>) =>
  Buffer.from(JSON.stringify(position)).toString("base64url");

function readToken(token: string): z.infer<typeof tokenSchema> {
  try {
    return tokenSchema.parse(JSON.parse(Buffer.from(token, "base64url").toString()));
  } catch {
    throw new S3Error("InvalidArgument", 400, "The continuation token provided is incorrect");
  }
}

/** HeadBucket and ListObjectsV2. */
export async function bucketRequest(
  store: S3Store,
  bucket: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === "HEAD") {
    if (!(await store.hasBucket(bucket))) {
      throw noSuchBucket(bucket);
    }
    response.end();
    return;
  }
  if (request.method !== "GET" || !query.has("list-type")) {
    throw notImplemented(`${request.method} of a bucket with ?${query}`);
  }
  const parsed = listQuerySchema.safeParse(Object.fromEntries(query));
  if (!parsed.success) {
    throw new S3Error("InvalidArgument", 400, firstIssues(parsed.error));
  }
  const { prefix, delimiter, ...options } = parsed.data;
  const token = options["continuation-token"];
  const startAfter = options["start-after"];
  const position = token === undefined ? { after: startAfter ?? "", afterCommonPrefix: "" } : readToken(token);
  const listRequest = { prefix, delimiter, ...position, maxKeys: Math.min(options["max-keys"], 1000) };
  const page = await store.list(bucket, listRequest);
  response.setHeader("content-type", "application/xml");
  response.end(
    listXml({
      bucket,
      request: listRequest,
      page,
      continuationToken: token,
      nextContinuationToken: page.next && writeToken(page.next),
      startAfter,
      urlEncoded: options["encoding-type"] === "url",
    }),
  );
}
