import type { IncomingMessage } from "node:http";
import { type NamedRequest, nameRequest } from "../../../local/faults/named-request";
import { lambdaRequest } from "./lambda-request";

/** A request to the account. */
export interface Call extends NamedRequest {
  /** As signatures name it: `transfer`, `states`, `s3`. */
  readonly service: string;
}

/** What a request asks for, and who asks: the access key stands for the role of the caller. */
export function nameCall(request: IncomingMessage): Call {
  const [, caller = "", service = ""] =
    /Credential=([^/]*)\/[^/]*\/[^/]*\/([^/]*)\//.exec(request.headers.authorization ?? "") ?? [];
  return service === "lambda"
    ? { service, caller, operation: lambdaRequest(request)?.operation ?? "" }
    : { service, ...nameRequest(request) };
}
