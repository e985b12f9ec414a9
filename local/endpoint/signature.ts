import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

const ALGORITHM = "AWS4-HMAC-SHA256";

/** `Authorization` as the SDKs write it: scope, names of the signed headers, signature. */
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\d{8}\/[^/]+\/[^/]+\/aws4_request), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** Without these a signature could be used for another host or another body. */
const MUST_BE_SIGNED = ["host", "x-amz-content-sha256", "x-amz-date"];

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/**
 * Whether a request is signed with a secret (Signature Version 4, "Create a signed AWS API request" in the IAM user guide).
 * What it says of its body's hash is not held against the body.
 */
export function isSignedWith(secretAccessKey: string, request: IncomingMessage): boolean {
  const [, scope, signedHeaders, signature] = AUTHORIZATION.exec(request.headers.authorization ?? "") ?? [];
  if (scope === undefined || signedHeaders === undefined || signature === undefined) {
    return false;
  }
  const names = signedHeaders.split(";");
  if (MUST_BE_SIGNED.some((name) => !names.includes(name))) {
    return false;
  }
  const canonical = createHash("sha256").update(canonicalRequest(request, names)).digest("hex");
  const text = [ALGORITHM, headerText(request, "x-amz-date"), scope, canonical].join("\n");
  const key = scope.split("/").reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${secretAccessKey}`);
  return timingSafeEqual(hmac(key, text), Buffer.from(signature, "hex"));
}

function canonicalRequest(request: IncomingMessage, names: readonly string[]): string {
  const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
  return [
    request.method ?? "",
    path,
    canonicalQuery(query),
    ...names.map((name) => `${name}:${headerText(request, name)}`),
    "",
    names.join(";"),
    headerText(request, "x-amz-content-sha256"),
  ].join("\n");
}

/** As it was sent, in order: the SDKs encode it as they sign it. */
function canonicalQuery(query: string): string {
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => (pair.includes("=") ? pair : `${pair}=`))
    .sort()
    .join("&");
}

function headerText({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  const text = Array.isArray(value) ? value.join(",") : (value ?? "");
  return text.trim().replaceAll(/ +/g, " ");
}
