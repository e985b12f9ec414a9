import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { z } from "zod";

/** One operation of an AWS JSON service: the request's document in, the answer's out. Throws {@link ServiceError}. */
export type JsonOperation = (input: unknown) => object | Promise<object>;

/** A service's operations by name. Its prefix in `X-Amz-Target` is the key under which it is registered. */
export type JsonService = Readonly<Record<string, JsonOperation>>;

export interface ServiceErrorOptions {
  /** HTTP status; 400 as for most of AWS' errors. */
  readonly status?: number;
  /** Further members of the error's document, such as `RetryAfterSeconds`. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** An error as a JSON service answers it; `name` is what the SDK's error will be called. An empty message is left out. */
export class ServiceError extends Error {
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;

  constructor(
    override readonly name: string,
    message: string,
    { status = 400, fields = {} }: ServiceErrorOptions = {},
  ) {
    super(message);
    this.status = status;
    this.fields = fields;
  }
}

/** Parses an operation's input, and answers a wrong one with the error `name`. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown, name: string): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    return parsed.data;
  }
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "input"}: ${issue.message}`);
  throw new ServiceError(name, `${problems.length} validation error(s) detected: ${problems.join("; ")}`);
}

function operationOf(services: Readonly<Record<string, JsonService>>, target: string): JsonOperation {
  const [prefix = "", operation = ""] = target.split(".", 2);
  const found = new Map(Object.entries(services[prefix] ?? {})).get(operation);
  if (found === undefined) {
    throw new ServiceError("UnknownOperationException", `The local AWS endpoint has no ${target}`);
  }
  return found;
}

async function readDocument(request: IncomingMessage): Promise<unknown> {
  const body = await text(request);
  try {
    return body === "" ? {} : JSON.parse(body);
  } catch {
    throw new ServiceError("SerializationException", "The request's body is not JSON");
  }
}

function errorDocument(error: unknown): { status: number; body: object } {
  if (error instanceof ServiceError) {
    const message = error.message === "" ? {} : { message: error.message, Message: error.message };
    return { status: error.status, body: { __type: error.name, ...message, ...error.fields } };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: { __type: "InternalServiceError", message, Message: message } };
}

/** Answers one request of the AWS JSON protocols 1.0 and 1.1. */
export async function handleJsonRequest(
  services: Readonly<Record<string, JsonService>>,
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  response.setHeader("content-type", request.headers["content-type"] ?? "application/x-amz-json-1.1");
  response.setHeader("x-amzn-requestid", requestId);
  try {
    const document = await readDocument(request);
    response.end(JSON.stringify(await operationOf(services, target)(document)));
  } catch (error) {
    const { status, body } = errorDocument(error);
    response.writeHead(status).end(JSON.stringify(body));
  }
}
