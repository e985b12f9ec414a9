import { randomUUID } from "node:crypto";
import { handleS3Request } from "../s3/s3-handler";
import type { S3Store } from "../s3/s3-store";
import { handleJsonRequest, type JsonService } from "./json-service";
import { type RequestHandler, startLoopbackServer } from "./loopback-server";

export interface AwsEndpointOptions {
  readonly s3: S3Store;
  /** By the first part of their `X-Amz-Target`: `TransferService`, `secretsmanager`, `AWSStepFunctions`. */
  readonly services: Readonly<Record<string, JsonService>>;
  /** Stands before the services. */
  readonly around?: ((next: RequestHandler) => RequestHandler) | undefined;
}

export interface AwsEndpoint {
  /** For `AWS_ENDPOINT_URL`: the SDKs need nothing else but any credentials and a Region. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * AWS on one machine: one HTTP server on the loopback interface that SDK clients take for S3 and for the given services.
 * Requests with `X-Amz-Target` are the JSON services'; all others are S3's, path style, which the JavaScript SDK uses by
 * itself where the endpoint is an IP address.
 */
export async function startAwsEndpoint({ s3, services, around }: AwsEndpointOptions): Promise<AwsEndpoint> {
  const dispatch: RequestHandler = (request, response) => {
    const target = request.headers["x-amz-target"];
    return typeof target === "string"
      ? handleJsonRequest(services, target, request, response, randomUUID())
      : handleS3Request(s3, request, response, randomUUID());
  };
  return startLoopbackServer(around?.(dispatch) ?? dispatch);
}
