import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { handleS3Request } from "../s3/s3-handler";
import type { S3Store } from "../s3/s3-store";
import { errorXml } from "../s3/xml";
import { handleJsonRequest, type JsonService } from "./json-service";
import { type RequestHandler, startLoopbackServer } from "./loopback-server";
import { isSignedWith } from "./signature";

export interface AwsEndpointOptions {
  readonly s3: S3Store;
  /** By the first part of their `X-Amz-Target`: `TransferService`, `secretsmanager`, `AWSStepFunctions`. */
  readonly services: Readonly<Record<string, JsonService>>;
  /** Stands before the services. */
  readonly around?: ((next: RequestHandler) => RequestHandler) | undefined;
}

export interface AwsEndpoint {
  /** For `AWS_ENDPOINT_URL`: the SDKs need nothing else but a Region, and credentials with any access key id. */
  readonly url: string;
  /** Only who signs with it is served: other users of the machine can reach the port too, and so can pages in a browser. */
  readonly secretAccessKey: string;
  /** Serves these from now on, in the place of what it served; `undefined`: nothing, and cuts requests off. */
  serve(options: AwsEndpointOptions | undefined): void;
  close(): Promise<void>;
}

/**
 * AWS on one machine: one HTTP server on the loopback interface that SDK clients take for S3 and for the given services.
 * Requests with `X-Amz-Target` are the JSON services'; all others are S3's, path style, which the JavaScript SDK uses by
 * itself where the endpoint is an IP address.
 */
export async function startAwsEndpoint(options?: AwsEndpointOptions): Promise<AwsEndpoint> {
  const secretAccessKey = randomBytes(32).toString("base64url");
  let answer = handlerOf(options);
  const { url, port, know, close } = await startLoopbackServer(async (request, response) => {
    if (request.headers.host !== `127.0.0.1:${port}`) {
      response.destroy(); // A host name that somebody has pointed here (DNS rebinding).
    } else if (isSignedWith(secretAccessKey, request)) {
      know(request);
      await answer(request, response);
    } else {
      refuse(request, response);
    }
  });
  const serve = (next: AwsEndpointOptions | undefined) => {
    answer = handlerOf(next);
  };
  return { url, secretAccessKey, serve, close };
}

function handlerOf(options: AwsEndpointOptions | undefined): RequestHandler {
  if (options === undefined) {
    return async (_, response) => void response.destroy();
  }
  const { s3, services, around } = options;
  const dispatch: RequestHandler = (request, response) => {
    const target = request.headers["x-amz-target"];
    return typeof target === "string"
      ? handleJsonRequest(services, target, request, response, randomUUID())
      : handleS3Request(s3, request, response, randomUUID());
  };
  return around?.(dispatch) ?? dispatch;
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const isJson = request.headers["x-amz-target"] !== undefined;
  const [name, message] = ["SignatureDoesNotMatch", "This endpoint serves only the run that it was started for."];
  response.writeHead(403, {
    "content-type": isJson ? "application/x-amz-json-1.1" : "application/xml",
    connection: "close",
  });
  response.end(isJson ? JSON.stringify({ __type: name, message }) : errorXml(name, message, randomUUID()));
}
