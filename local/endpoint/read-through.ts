import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { LEDGER_PREFIX } from "../../contract/layout";
import type { ObjectSummary } from "../../engine/ports/services";
import type { BaseObjects } from "../s3/base-objects";
import { accessDenied, noSuchKey } from "../s3/s3-error";
import { answerFailure, objectAddress } from "../s3/s3-handler";
import { listXml } from "../s3/xml";
import type { RequestHandler } from "./loopback-server";

export interface ReadThroughProps {
  readonly base: BaseObjects;
  readonly listResultsBucket: string;
  readonly targets: readonly string[];
}

/**
 * Lets a run that changes nothing see what lies elsewhere: it reads ledgers and target buckets from there, and everything else, its
 * own work above all, from the store. Of these, nothing can be written.
 */
export function readingThrough({ base, listResultsBucket, targets }: ReadThroughProps) {
  const isElsewhere = (bucket: string, key: string) =>
    targets.includes(bucket) || (bucket === listResultsBucket && key.startsWith(LEDGER_PREFIX));
  return (next: RequestHandler): RequestHandler =>
    async (request, response) => {
      const { bucket, key, query } = objectAddress(request.url ?? "/");
      if (request.headers["x-amz-target"] !== undefined || !isElsewhere(bucket, key)) {
        return next(request, response);
      }
      await answerFailure(response, request, randomUUID(), () =>
        answer(base, { bucket, key, query }, request, response),
      );
    };
}

async function answer(
  base: BaseObjects,
  { bucket, key, query }: ReturnType<typeof objectAddress>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === "HEAD") {
    const found = await base.head(bucket, key);
    if (found === undefined) {
      throw noSuchKey(key);
    }
    response.setHeader("last-modified", found.lastModified.toUTCString());
    response.setHeader("content-length", found.size);
    response.end();
  } else if (request.method === "GET" && key !== "") {
    const stored = await base.read(bucket, key);
    if (stored === undefined) {
      throw noSuchKey(key);
    }
    response.setHeader("etag", stored.etag);
    response.end(stored.text);
  } else if (request.method === "GET" && query.get("list-type") === "2") {
    response.setHeader("content-type", "application/xml");
    response.end(await listed(base, bucket, query));
  } else {
    throw accessDenied(`${request.method} of ${bucket}/${key}: what lies there is only looked at`);
  }
}

const PAGE = 1000;

/** A page of keys; the token for the next one is the last key of this. */
async function listed(base: BaseObjects, bucket: string, query: URLSearchParams): Promise<string> {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const token = query.get("continuation-token") ?? undefined;
  const after = token ?? query.get("start-after") ?? "";
  const objects: ObjectSummary[] = [];
  for await (const summary of base.list(bucket, prefix, { startAfter: after, flat: delimiter === "/" })) {
    if (objects.length === PAGE) {
      break;
    }
    objects.push(summary);
  }
  const last = objects.length === PAGE ? objects.at(-1)?.key : undefined;
  return listXml({
    bucket,
    request: { prefix, delimiter, after, afterCommonPrefix: "", maxKeys: PAGE },
    page: {
      objects,
      commonPrefixes: [],
      next: last === undefined ? undefined : { after: last, afterCommonPrefix: "" },
    },
    continuationToken: token,
    nextContinuationToken: last,
    startAfter: query.get("start-after") ?? undefined,
    urlEncoded: query.get("encoding-type") === "url",
  });
}
