import type { IncomingMessage } from "node:http";
import { objectAddress } from "../s3/s3-handler";

/** What a request to the local endpoint asks for, and who asks. */
export interface NamedRequest {
  /** As the API calls it; empty for what no fault can name. */
  readonly operation: string;
  /** The access key, which is the calling function's name. */
  readonly caller: string;
  /** Of requests to S3. */
  readonly object?: { readonly bucket: string; readonly key: string };
}

const OBJECT_OPERATIONS: Readonly<Record<string, string>> = {
  GET: "GetObject",
  HEAD: "HeadObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
};

export function nameRequest({ headers, method = "", url = "/" }: IncomingMessage): NamedRequest {
  const caller = /Credential=([^/]*)/.exec(headers.authorization ?? "")?.[1] ?? "";
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    return { operation: target.split(".", 2)[1] ?? "", caller };
  }
  const { bucket, key, query } = objectAddress(url);
  if (key !== "") {
    return { operation: OBJECT_OPERATIONS[method] ?? "", caller, object: { bucket, key } };
  }
  const operation = query.has("list-type") ? "ListObjectsV2" : "";
  return { operation, caller, object: { bucket, key: query.get("prefix") ?? "" } };
}
