import { readEngineEnv } from "../../engine/env";
import { logger } from "../../engine/logger";
import type { RunMetrics } from "../../engine/run/run-figures";
import { getListStatus, remoteFoldersList, syncRemoteFolder } from "../../engine/run/slices";
import { runSlice, type Slice, type SliceResult } from "../../engine/slice";
import { finish } from "../../functions/finish-run/handler";
import type { Ask } from "./requests";
import { SimulatedServices } from "./simulated-services";

/** One call of a function of the run, as Lambda makes it. */
export interface Invocation {
  /** The function's zip, without `.zip`. */
  readonly zip: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly event: unknown;
  /** Milliseconds of the virtual clock. */
  readonly now: number;
  readonly timeoutSeconds: number;
}

const SLICES: Readonly<Record<string, (slice: Slice) => Promise<SliceResult>>> = {
  "remote-folders-list": remoteFoldersList,
  "get-list-status": getListStatus,
  "sync-remote-folder": syncRemoteFolder,
};

logger.setLogLevel("SILENT");

const NO_METRICS: RunMetrics = { record: () => undefined };

/** Runs a function's own code on the services of the simulated cloud. */
export async function invoke(invocation: Invocation, ask: Ask): Promise<unknown> {
  const { zip, environment, event, now, timeoutSeconds } = invocation;
  const services = new SimulatedServices(ask, now);
  if (zip === "finish-run") {
    return finish(services, NO_METRICS, event);
  }
  const slice = SLICES[zip];
  if (slice === undefined) {
    throw new Error(`The run has no function ${zip}`);
  }
  return runSlice({ env: readEngineEnv(environment), services }, slice, event, timeoutSeconds * 1000);
}
