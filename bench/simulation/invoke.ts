import { readEngineEnv } from "../../engine/env";
import { logger } from "../../engine/logger";
import type { RunMetrics } from "../../engine/run/run-figures";
import { SLICES } from "../../engine/run/slices";
import { runSlice } from "../../engine/slice";
import { finish } from "../../functions/run/finish-run/handler";
import type { Ask } from "./requests";
import { SimulatedServices } from "./simulated-services";

/** One call of a function of the run, as Lambda makes it. */
export interface Invocation {
  /** The function's module in its zip. */
  readonly module: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly event: unknown;
  /** Milliseconds of the virtual clock. */
  readonly now: number;
  readonly timeoutSeconds: number;
}

logger.setLogLevel("SILENT");

const NO_METRICS: RunMetrics = { record: () => undefined };

/** Runs a function's own code on the services of the simulated cloud. */
export async function invoke(invocation: Invocation, ask: Ask): Promise<unknown> {
  const { module, environment, event, now, timeoutSeconds } = invocation;
  const services = new SimulatedServices(ask, now);
  if (module === "finish-run") {
    return finish(services, NO_METRICS, event);
  }
  const slice = Object.entries(SLICES).find(([name]) => name === module)?.[1];
  if (slice === undefined) {
    throw new Error(`The run has no function ${module}`);
  }
  return runSlice({ env: readEngineEnv(environment), services }, slice, event, timeoutSeconds * 1000);
}
