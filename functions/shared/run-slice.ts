import { z } from "zod";
import { awsServices } from "./aws/services";
import { type EngineEnv, readEngineEnv } from "./env";
import { logger } from "./logger";
import { parseRunContext, type RunContext } from "./run-context";
import type { Services } from "./services";

/** What a slice needs: the run, the server's settings, the services, and until when it may work. */
export interface Slice {
  readonly context: RunContext;
  readonly env: EngineEnv;
  readonly services: Services;
  /** The slice hands back to the state machine after this. */
  readonly until: Date;
}

/**
 * `RUNNING`: go on with the loop. `DONE`: nothing is left. `SKIPPED`: another run of the sync holds its lock. `HANDED_OVER`:
 * the run goes on in a further execution.
 */
export interface SliceResult {
  readonly Status: "RUNNING" | "DONE" | "SKIPPED" | "HANDED_OVER";
  /** Pause before the next round of the loop. */
  readonly WaitSeconds: number;
}

interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** Time kept for writing down what a slice did before its Lambda's own limit. */
const CLOSING_MILLISECONDS = 20_000;

/** Shortest slice, so that even a small limit lets a run advance. */
const MINIMUM_MILLISECONDS = 1_000;

let engine: { readonly env: EngineEnv; readonly services: Services } | undefined;

/** The environment and the clients, once per cold start. */
export function startEngine(): { readonly env: EngineEnv; readonly services: Services } {
  engine ??= { env: readEngineEnv(process.env), services: awsServices() };
  return engine;
}

/** The handler of a run's Lambda: parses, calls the slice, logs. */
export function sliceHandler(work: (slice: Slice) => Promise<SliceResult>) {
  return async (input: unknown, lambda: LambdaContext): Promise<SliceResult> => {
    const { env, services } = startEngine();
    logExecution(input);
    const context = parseRunContext(input);
    const remaining = lambda.getRemainingTimeInMillis() - CLOSING_MILLISECONDS;
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
  };
}

const executionSchema = z.object({ Execution: z.object({ Id: z.string() }) });

/** Puts the execution's id on every log line, even of an event that turns out to be invalid. */
export function logExecution(input: unknown): void {
  const parsed = executionSchema.safeParse(input);
  logger.setCorrelationId(parsed.success ? parsed.data.Execution.Id : "unknown");
  logger.debug("event", { input });
}
