import type { DescribeConnectorCommand, UpdateConnectorCommand } from "@aws-sdk/client-transfer";
import * as z from "zod";

const responseSchema = z.looseObject({ body: z.unknown() });
/** The SDK's body is text, or something that becomes text. */
const requestSchema = z.looseObject({ body: z.unknown().transform(String) });
const documentSchema = z.record(z.string(), z.unknown());

/** Hands over an answer's JSON as the service wrote it: what the SDK gives lacks the members that it does not know. */
export function onAnswer({ middlewareStack }: DescribeConnectorCommand, take: (document: unknown) => void): void {
  middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = responseSchema.safeParse(result.response).data;
      if (response === undefined) {
        return result;
      }
      const bytes = await bytesOf(response.body);
      take(jsonOf(bytes));
      return { ...result, response: Object.assign(Object(result.response), { body: bytes }) };
    },
    { step: "deserialize", name: "handOverAnswer", priority: "low" },
  );
}

/** Puts members into a request's JSON as they are: the SDK would leave out those that it does not know. */
export function withMembers(
  { middlewareStack }: UpdateConnectorCommand,
  members: Readonly<Record<string, unknown>>,
): void {
  middlewareStack.add(
    (next) => async (args) => {
      const { body } = requestSchema.parse(args.request);
      const whole = JSON.stringify({ ...documentSchema.parse(JSON.parse(body)), ...members });
      return next({ ...args, request: Object.assign(Object(args.request), { body: whole }) });
    },
    // Before the SDK counts the body's bytes, and signs it.
    { step: "build", name: "withMembers", priority: "high" },
  );
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of z.custom<AsyncIterable<Uint8Array>>().parse(body)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** An answer of an error need not be JSON. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}
