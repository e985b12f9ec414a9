import type { IncomingMessage } from "node:http";
import { type NamedRequest, nameRequest } from "../../../local/faults/named-request";
import { lambdaRequest } from "./lambda-request";

/** A request to the account. */
export interface Call extends NamedRequest {
  /** As signatures name it: `transfer`, `states`, `s3`. */
  readonly service: string;
}

/**
 * What a request asks for, and who asks: the access key stands for the role of the caller. The operation is empty for
 * services whose requests do not name it where it is easily found.
 */
export function nameCall(request: IncomingMessage): Call {
  const [, caller = "", service = ""] =
    /Credential=([^/]*)\/[^/]*\/[^/]*\/([^/]*)\//.exec(request.headers.authorization ?? "") ?? [];
  if (service === "lambda") {
    return { service, caller, operation: lambdaRequest(request)?.operation ?? "" };
  }
  return service === "s3" || request.headers["x-amz-target"] !== undefined
    ? { service, ...nameRequest(request) }
    : { service, caller, operation: "" };
}
