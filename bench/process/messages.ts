import * as z from "zod";
import { costsSchema } from "../simulation/figures";
import { answerSchema, requestSchema } from "../simulation/requests";

const invocationSchema = z.object({
  module: z.string(),
  environment: z.record(z.string(), z.string()),
  event: z.unknown(),
  now: z.number(),
  timeoutSeconds: z.number(),
});

/** To the process that runs a function. Requests that are made together are answered in any order. */
export const toFunctionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("invoke"), invocation: invocationSchema }),
  z.object({ kind: z.literal("answer"), id: z.int(), answer: answerSchema }),
]);

/** From the process that runs a function. */
export const fromFunctionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("request"), id: z.int(), request: requestSchema, at: z.number() }),
  z.object({ kind: z.literal("done"), result: z.unknown(), costs: costsSchema }),
  z.object({ kind: z.literal("failed"), name: z.string(), message: z.string() }),
]);

export type ToFunction = z.infer<typeof toFunctionSchema>;
export type FromFunction = z.infer<typeof fromFunctionSchema>;
