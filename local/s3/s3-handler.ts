import type { IncomingMessage, ServerResponse } from "node:http";
import { isLinkFailure } from "../errors/links";
import { bucketRequest } from "./bucket-requests";
import { objectRequest } from "./object-requests";
import { accessDenied, notImplemented, S3Error } from "./s3-error";
import type { S3Store } from "./s3-store";
import { errorXml } from "./xml";

/** Parameters that ask for another operation than that of the path itself (`?uploads`, `?tagging`, ...) are refused. */
const OBJECT_PARAMETERS = new Set(["x-id"]);

/** The bucket and key of a path-style URL. Read by hand: `URL` would resolve `.` and `..`, which are names like others here. */
export function objectAddress(url: string): { bucket: string; key: string; query: URLSearchParams } {
  const [path = "", search = ""] = url.split("?", 2);
  const slash = path.indexOf("/", 1);
  try {
    return {
      bucket: decodeURIComponent(path.slice(1, slash < 0 ? undefined : slash)),
      key: slash < 0 ? "" : decodeURIComponent(path.slice(slash + 1)),
      query: new URLSearchParams(search),
    };
  } catch {
    throw new S3Error("InvalidURI", 400, "Couldn't parse the specified URI.");
  }
}

async function dispatch(store: S3Store, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { bucket, key, query } = objectAddress(request.url ?? "/");
  if (bucket === "") {
    throw notImplemented("operations on no bucket");
  }
  store.countRequest(bucket);
  if (key === "") {
    return bucketRequest(store, bucket, query, request, response);
  }
  const other = [...query.keys()].find((parameter) => !OBJECT_PARAMETERS.has(parameter));
  if (other !== undefined) {
    throw notImplemented(`object requests with ?${other}`);
  }
  return objectRequest(store, { bucket, key }, request, response);
}

/** Answers one request in S3's REST protocol, path style. Whose it is, the endpoint has checked. */
export async function handleS3Request(
  store: S3Store,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  await answerFailure(response, request, requestId, () => dispatch(store, request, response));
}

/** Does what answers a request, and says in S3's words why it cannot be answered. */
export async function answerFailure(
  response: ServerResponse,
  request: IncomingMessage,
  requestId: string,
  work: () => Promise<void>,
): Promise<void> {
  response.setHeader("x-amz-request-id", requestId);
  try {
    await work();
  } catch (error) {
    if (response.headersSent) {
      response.destroy(); // A body broken off is the one thing left to say.
      return;
    }
    const { code, status, message } =
      error instanceof S3Error
        ? error
        : isLinkFailure(error)
          ? accessDenied(error.message) // Nothing that a repetition could mend.
          : { code: "InternalError", status: 500, message: error instanceof Error ? error.message : String(error) };
    for (const name of response.getHeaderNames().filter((name) => name !== "x-amz-request-id")) {
      response.removeHeader(name);
    }
    response.writeHead(status, { "content-type": "application/xml" });
    response.end(request.method === "HEAD" ? undefined : errorXml(code, message, requestId));
  }
}
