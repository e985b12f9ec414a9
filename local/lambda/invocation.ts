import * as z from "zod";

/** One call of a handler, as the worker receives it. */
export interface Invocation {
  readonly requestId: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
  /** Milliseconds since the epoch at which the function is stopped. */
  readonly deadline: number;
  readonly traceId: string;
  /** JSON. */
  readonly event: string;
}

/** An error as the Node.js runtime of Lambda writes it into a failed invocation's payload. */
const lambdaErrorSchema = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.array(z.string()).optional(),
});

export type LambdaError = z.infer<typeof lambdaErrorSchema>;

/** What the worker answers to an invocation. */
export const answerSchema = z.union([z.object({ result: z.string() }), z.object({ error: lambdaErrorSchema })]);

/** What the worker says before it answers anything, once it is done with loading. */
export const LOADED = "loaded";

export type Answer = z.infer<typeof answerSchema>;

/** A handler that failed, or was stopped: `name` is Lambda's errorType. */
export class FunctionFailed extends Error {
  readonly payload: LambdaError;

  constructor(payload: LambdaError) {
    super(payload.errorMessage);
    this.name = payload.errorType;
    this.payload = payload;
  }
}

/** Lambda itself refused or could not; `name` begins with `Lambda.`, as Step Functions writes it. */
export class LambdaServiceFailed extends Error {
  constructor(name: `Lambda.${string}`, message: string) {
    super(message);
    this.name = name;
  }
}
