import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { RequestHandler } from "../../../local/endpoint/loopback-server";
import { objectAddress } from "../../../local/s3/s3-handler";
import { errorXml } from "../../../local/s3/xml";

/**
 * Keeps buckets' policies: the emulator enforces them, but does not understand conditions, so that the one which denies
 * plain HTTP would deny everything.
 */
export function bucketPolicies(): (next: RequestHandler) => RequestHandler {
  const policies = new Map<string, string>();
  return (next) => async (request, response) => {
    const { bucket, key, query } = objectAddress(request.url ?? "/");
    if (key !== "" || !query.has("policy")) {
      return next(request, response);
    }
    await answer(policies, bucket, request, response);
  };
}

async function answer(
  policies: Map<string, string>,
  bucket: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const policy = policies.get(bucket);
  if (request.method === "PUT") {
    policies.set(bucket, await text(request));
    response.writeHead(204).end();
  } else if (request.method === "DELETE") {
    policies.delete(bucket);
    response.writeHead(204).end();
  } else if (policy === undefined) {
    response.writeHead(404, { "content-type": "application/xml" });
    response.end(errorXml("NoSuchBucketPolicy", "The bucket policy does not exist", ""));
  } else {
    response.writeHead(200, { "content-type": "application/json" }).end(policy);
  }
}
