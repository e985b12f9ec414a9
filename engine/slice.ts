import * as z from "zod";
import type { SliceStatus } from "../contract/run-loop";
import type { EngineEnv } from "./env";
import { logger } from "./logger";
import type { Services } from "./ports/services";
import { parseRunContext, type RunContext } from "./run-context";

/** What a slice needs: the run, the server's settings, the services, and until when it may work. */
export interface Slice {
  readonly context: RunContext;
  readonly env: EngineEnv;
  readonly services: Services;
  /** The slice hands back to the state machine after this. */
  readonly until: Date;
}

export interface SliceResult {
  readonly Status: SliceStatus;
  /** Pause before the next round of the loop. */
  readonly WaitSeconds: number;
}

/** Time kept for writing down what a slice did before its Lambda's own limit. */
const CLOSING_MILLISECONDS = 20_000;

/** Shortest slice, so that even a small limit lets a run advance. */
const MINIMUM_MILLISECONDS = 1_000;

/** What a function has once per cold start: its settings, and its clients. */
export interface Engine {
  readonly env: EngineEnv;
  readonly services: Services;
}

/**
 * One invocation of a run's Lambda: parses, calls the slice, logs.
 * @param remainingMilliseconds until the function is stopped.
 */
export async function runSlice(
  { env, services }: Engine,
  work: (slice: Slice) => Promise<SliceResult>,
  input: unknown,
  remainingMilliseconds: number,
): Promise<SliceResult> {
  logExecution(input);
  const context = parseRunContext(input);
  const remaining = remainingMilliseconds - CLOSING_MILLISECONDS;
  const budget = Math.max(MINIMUM_MILLISECONDS, Math.min(env.timeouts.slice * 1000, remaining));
  const until = new Date(services.clock.now().getTime() + budget);
  try {
    const result = await work({ context, env, services, until });
    logger.info("slice", { ...result });
    return result;
  } catch (error) {
    logger.error("slice failed", { error });
    throw error;
  }
}

const executionSchema = z.object({ Execution: z.object({ Id: z.string() }) });

/** The execution's ARN, also of an event that turns out to be invalid; `unknown` where the input has none. */
export function executionOf(input: unknown): string {
  const parsed = executionSchema.safeParse(input);
  return parsed.success ? parsed.data.Execution.Id : "unknown";
}

/** Puts the execution's ARN on every log line. */
export function logExecution(input: unknown): void {
  logger.setCorrelationId(executionOf(input));
  logger.debug("event", { input });
}
