import { z } from "zod";

const conditionSchema = z.union([z.object({ ifMatch: z.string() }), z.object({ ifAbsent: z.literal(true) })]);

const object = { bucket: z.string(), key: z.string() };

/** A request of the engine to its services, as plain data: it may come from another process. */
export const requestSchema = z.discriminatedUnion("operation", [
  z.object({ operation: z.literal("read"), ...object }),
  z.object({ operation: z.literal("write"), ...object, text: z.string(), condition: conditionSchema.optional() }),
  z.object({ operation: z.literal("remove"), ...object, ifMatch: z.string() }),
  z.object({ operation: z.literal("head"), ...object }),
  /** One page. */
  z.object({
    operation: z.literal("list"),
    bucket: z.string(),
    prefix: z.string(),
    startAfter: z.string().optional(),
    flat: z.boolean(),
  }),
  z.object({
    operation: z.literal("startListing"),
    connectorId: z.string(),
    folder: z.string(),
    outputDirectory: z.string(),
    maxItems: z.int(),
  }),
  z.object({
    operation: z.literal("startTransfer"),
    connectorId: z.string(),
    paths: z.array(z.string()),
    destination: z.string(),
  }),
  z.object({ operation: z.literal("results"), connectorId: z.string(), transferId: z.string() }),
  z.object({ operation: z.literal("maxConcurrentConnections"), connectorId: z.string() }),
  z.object({ operation: z.literal("hasValue"), secretArn: z.string() }),
  z.object({ operation: z.literal("isRunning"), executionArn: z.string() }),
  z.object({ operation: z.literal("startExecution"), name: z.string(), input: z.unknown() }),
  z.object({ operation: z.literal("sleep"), milliseconds: z.number() }),
]);

export type Request = z.infer<typeof requestSchema>;
export type Operation = Request["operation"];

/** `now`: milliseconds of the virtual clock, once the answer is there. */
export const answerSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("done"), now: z.number(), value: z.unknown() }),
  /** A conditional request met another state of the object. */
  z.object({ status: z.literal("conditionFailed"), now: z.number() }),
]);

export type Answer = z.infer<typeof answerSchema>;

/** @param at when the request is made, in milliseconds of the virtual clock: requests made together take their time together. */
export type Ask = (request: Request, at: number) => Promise<Answer>;

/**
 * How long a request takes on the virtual clock, in milliseconds. Assumed; nothing of it was measured at AWS. What must
 * hold on a bad day too is tried with a multiple of it.
 */
export const REQUEST_MILLISECONDS: { readonly [operation in Exclude<Operation, "sleep">]: number } = {
  read: 30,
  write: 50,
  remove: 50,
  head: 30,
  list: 60,
  startListing: 150,
  startTransfer: 150,
  results: 100,
  maxConcurrentConnections: 100,
  hasValue: 100,
  isRunning: 100,
  startExecution: 100,
};
