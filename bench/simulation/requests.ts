import * as z from "zod";

/** Services that requests go to: those of the engine, but for the clock. */
const SERVICES = ["objects", "connector", "secrets", "executions"] as const;

/**
 * A call of the engine to its services, as plain data: it may come from another process. Both ends are this program, so
 * that arguments and answers are what their services say.
 */
export const requestSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("call"), service: z.enum(SERVICES), method: z.string(), input: z.array(z.unknown()) }),
  z.object({ kind: z.literal("sleep"), milliseconds: z.number() }),
]);

export type Request = z.infer<typeof requestSchema>;
export type ServiceName = (typeof SERVICES)[number];

/** `now`: milliseconds of the virtual clock, once the answer is there. */
export const answerSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("done"), now: z.number(), value: z.unknown() }),
  /** A conditional request met another state of the object. */
  z.object({ status: z.literal("conditionFailed"), now: z.number() }),
]);

export type Answer = z.infer<typeof answerSchema>;

/** @param at when the request is made, in milliseconds of the virtual clock: requests made together take their time together. */
export type Ask = (request: Request, at: number) => Promise<Answer>;

/** A request of which nothing else is said. */
const USUAL_MILLISECONDS = 100;

/**
 * How long a request takes on the virtual clock. Assumed; nothing of it was measured at AWS. What must hold on a bad day
 * too is tried with a multiple of it.
 */
const MILLISECONDS: Readonly<Record<string, number>> = {
  read: 30,
  write: 50,
  remove: 50,
  head: 30,
  page: 60,
  startListing: 150,
  startTransfer: 150,
};

/** @param slowness by how much every request takes longer than assumed. */
export function requestMilliseconds(request: Request, slowness: number): number {
  return request.kind === "sleep"
    ? request.milliseconds
    : (MILLISECONDS[request.method] ?? USUAL_MILLISECONDS) * slowness;
}
