import * as z from "zod";

/** A Task that failed: `name` is what Retry and Catch match, the message becomes the error's Cause. */
export class TaskFailure extends Error {
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

/** Errors that end an execution whatever its Retry and Catch say, `States.ALL` included. */
export class TerminalFailure extends TaskFailure {
  readonly isRetryable = false;
  readonly isCatchable = false;
}

/** Parses what a state hands to a service. @throws TerminalFailure `States.Runtime` */
export function parseParameters<T>(schema: z.ZodType<T>, parameters: unknown): T {
  const parsed = schema.safeParse(parameters);
  if (!parsed.success) {
    throw new TerminalFailure("States.Runtime", `The parameters are invalid: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}
