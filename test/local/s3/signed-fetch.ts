import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsEndpoint } from "../../../local/endpoint/aws-endpoint";

/** The hash of the signature's library, from Node.js. */
class Sha256 {
  private readonly state: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.state = secret === undefined ? createHash("sha256") : createHmac("sha256", bytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.state.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.state.digest();
  }

  reset(): void {
    throw new Error("is not called");
  }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): string | Buffer {
  if (typeof data === "string") {
    return data;
  }
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}

interface RequestOptions {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Endpoint = Pick<AwsEndpoint, "url" | "secretAccessKey">;

/**
 * The headers of a signed request.
 * @param path with its query, as it is to be sent.
 */
export async function signedHeaders(
  { url, secretAccessKey }: Endpoint,
  path: string,
  { method = "GET", headers = {} }: RequestOptions = {},
): Promise<Record<string, string>> {
  const { host, hostname, port } = new URL(url);
  const [pathname = "/", search = ""] = path.split("?", 2);
  const signer = new SignatureV4({
    credentials: { accessKeyId: "any", secretAccessKey },
    region: "us-east-1",
    service: "s3",
    sha256: Sha256,
    uriEscapePath: false,
  });
  const signed = await signer.sign({
    method,
    protocol: "http:",
    hostname,
    port: Number(port),
    path: pathname,
    query: Object.fromEntries(new URLSearchParams(search)),
    headers: { host, "x-amz-content-sha256": "UNSIGNED-PAYLOAD", ...headers },
  });
  return signed.headers;
}

/** Requests that no client of the SDK would make, signed all the same. */
export async function signedFetch(endpoint: Endpoint, path: string, options: RequestOptions = {}): Promise<Response> {
  const { method = "GET", body } = options;
  const headers = await signedHeaders(endpoint, path, options);
  return fetch(endpoint.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
}
