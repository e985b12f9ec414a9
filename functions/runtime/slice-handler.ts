import { readEngineEnv } from "../../engine/env";
import { type Engine, runSlice, type Slice, type SliceResult } from "../../engine/slice";
import { awsServices } from "../aws/services";
import type { LambdaContext } from "./lambda-context";

let engine: Engine | undefined;

/** The environment and the clients, once per cold start. */
export function startEngine(): Engine {
  engine ??= { env: readEngineEnv(process.env), services: awsServices() };
  return engine;
}

/** The handler of a run's Lambda. */
export function sliceHandler(work: (slice: Slice) => Promise<SliceResult>) {
  return async (input: unknown, lambda: LambdaContext): Promise<SliceResult> =>
    runSlice(startEngine(), work, input, lambda.getRemainingTimeInMillis());
}
