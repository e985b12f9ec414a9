import { randomUUID } from "node:crypto";
import { type IncomingMessage, ServerResponse } from "node:http";
import { handleJsonRequest, ServiceError } from "../endpoint/json-service";
import type { RequestHandler } from "../endpoint/loopback-server";
import { moduleOf } from "../lambda/function-config";
import type { Callers } from "../runner/interception";
import { errorXml } from "../s3/xml";
import type { FaultPlan } from "./faults-schema";
import { matchesGlob } from "./globs";
import { type NamedRequest, nameRequest } from "./named-request";
import { CHANGING_OPERATIONS } from "./operations";
import { Triggers } from "./trigger";

type Throttle = FaultPlan["Throttle"][number];

const STATUS: Readonly<Record<Throttle["Error"], number>> = {
  ThrottlingException: 400,
  ServiceUnavailableException: 503,
  InternalServiceError: 500,
};

/** Requests to AWS that are refused, whose answers are lost, or whose caller dies. */
export class FaultyRequests {
  private readonly throttles: Triggers<Throttle>;
  private readonly lostAnswers: Triggers<FaultPlan["LoseAnswer"][number]>;
  private readonly s3Errors: Triggers<FaultPlan["S3Error"][number]>;
  private readonly crashes: Triggers<FaultPlan["CrashFunction"][number]>;

  constructor(plan: FaultPlan) {
    this.throttles = new Triggers(plan.Throttle);
    this.lostAnswers = new Triggers(plan.LoseAnswer);
    this.s3Errors = new Triggers(plan.S3Error);
    this.crashes = new Triggers(plan.CrashFunction);
  }

  around(callers: Callers, next: RequestHandler): RequestHandler {
    const sources = new Map(callers.functions.map((config) => [config.name, moduleOf(config)]));
    return async (request, response) => {
      const named = nameRequest(request);
      const { operation, caller } = named;
      const isOf = (fault: { readonly Operation: string }) => fault.Operation === operation;
      const crash = this.crashes.strike((fault) => isOf(fault) && fault.Function === sources.get(caller));
      if (crash !== undefined) {
        if (crash.When === "after" && changesSomething(operation)) {
          await answerNobody(next, request);
        }
        await callers.crash(caller);
        request.socket.destroy();
        return;
      }
      const throttle = this.throttles.strike(isOf);
      if (throttle !== undefined) {
        return refuse(throttle, request, response);
      }
      const s3Error = this.s3Errors.strike((fault) => isOf(fault) && isAbout(fault, named));
      if (s3Error !== undefined) {
        return failAsS3(s3Error.Status, request, response);
      }
      if (this.lostAnswers.strike(isOf) !== undefined) {
        await answerNobody(next, request);
        request.socket.destroy();
        return;
      }
      return next(request, response);
    };
  }
}

function isAbout({ Bucket, Key }: FaultPlan["S3Error"][number], { object }: NamedRequest): boolean {
  return object !== undefined && matchesGlob(Bucket, object.bucket) && (Key === "**" || matchesGlob(Key, object.key));
}

/** The request is carried out; its answer goes into a response that belongs to no connection. */
async function answerNobody(next: RequestHandler, request: IncomingMessage): Promise<void> {
  await next(request, new ServerResponse(request));
}

/** Of a request that only reads nothing is left once its answer is lost. */
function changesSomething(operation: string): boolean {
  return CHANGING_OPERATIONS.some((name) => name === operation);
}

async function refuse(
  { Operation, Error: name, RetryAfterSeconds: seconds }: Throttle,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fields: Record<string, string> = seconds === undefined ? {} : { RetryAfterSeconds: String(seconds) };
  const refusal = () => {
    throw new ServiceError(name, "", { status: STATUS[name], fields });
  };
  await handleJsonRequest(
    { refusing: { [Operation]: refusal } },
    `refusing.${Operation}`,
    request,
    response,
    randomUUID(),
  );
}

async function failAsS3(status: 500 | 503, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const code = status === 503 ? "SlowDown" : "InternalError";
  const message = status === 503 ? "Please reduce your request rate." : "We encountered an internal error.";
  request.resume();
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(request.method === "HEAD" ? undefined : errorXml(code, message, randomUUID()));
}
