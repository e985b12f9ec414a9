import { REGION } from "./clients";

/** A request to a service for which there is no SDK client among the dependencies. */
export interface ApiRequest {
  /** As signatures name it. */
  readonly service: string;
  readonly method?: "GET";
  readonly path?: string;
  /** `X-Amz-Target`, of services that speak JSON. */
  readonly target?: string;
  /** The document for `target`. */
  readonly input?: object;
  /** With its version, of services that speak the query protocol. */
  readonly action?: string;
}

/** @returns the answer as it is, but for the request's id. */
export async function ask(endpoint: string, request: ApiRequest): Promise<string> {
  const { service, method, path = "/", target, input = {}, action } = request;
  const response = await fetch(endpoint + path, {
    method: method ?? "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=operator/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
      ...(target === undefined ? {} : { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" }),
      ...(action === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    },
    ...(method === "GET" ? {} : { body: action === undefined ? JSON.stringify(input) : `Action=${action}` }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${service} ${target ?? action ?? path}: ${response.status} ${text}`);
  }
  return text.replaceAll(/<RequestId>[^<]*<\/RequestId>/g, "");
}
