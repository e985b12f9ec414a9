import * as z from "zod";
import { nextStep } from "../../../contract/next-step";
import { shortened } from "../../../contract/printable";
import { RunError } from "../../../engine/errors";
import { logger } from "../../../engine/logger";
import type { Services } from "../../../engine/ports/services";
import { finishRun } from "../../../engine/run/finish";
import type { Outcome } from "../../../engine/run/outcome";
import type { RunMetrics } from "../../../engine/run/run-figures";
import { parseRunContext } from "../../../engine/run-context";
import { executionOf, logExecution } from "../../../engine/slice";
import { startEngine } from "../../runtime/slice-handler";
import { emfMetrics } from "./emf-metrics";

const inputSchema = z.object({
  /** What a Catch put there; `Cause` of a Lambda's error is its error object as JSON. */
  Error: z.object({ Error: z.string(), Cause: z.string().default("") }).optional(),
  Slice: z.object({ Status: z.string() }).optional(),
});

const lambdaErrorSchema = z.object({ errorMessage: z.string() });

let metrics: RunMetrics | undefined;

/** Ends every run that began: report, metrics, lock, outcome. */
export async function handler(input: unknown): Promise<Outcome> {
  const { env, services } = startEngine();
  metrics ??= emfMetrics(env.metricsNamespace);
  logExecution(input);
  const outcome = await finish(services, metrics, input);
  logger.info("run finished", { outcome });
  return outcome;
}

/** @param input what the state machine knows at the run's end. */
export async function finish(services: Services, metrics: RunMetrics, input: unknown): Promise<Outcome> {
  const { Error: caught, Slice } = inputSchema.parse(input);
  try {
    const error = caught && { name: caught.Error, message: causeMessage(caught.Cause) };
    return await finishRun(services, metrics, parseRunContext(input), { error, skipped: Slice?.Status === "SKIPPED" });
  } catch (thrown) {
    if (thrown instanceof RunError && thrown.name === "InvalidEvent") {
      return invalidEvent(thrown, executionOf(input));
    }
    throw thrown;
  }
}

/** Characters of what is wrong with an event: its text may be as long as the event, 256 KiB, and a notification takes no more. */
const MAX_FINDINGS = 4000;

/** Without a usable event there is no place for a report, but there is somebody to tell. */
function invalidEvent({ name, message: findings }: RunError, execution: string): Outcome {
  const message = shortened(findings, MAX_FINDINGS);
  return {
    Status: "FAILED",
    Error: { Name: name, Message: message },
    Subject: `SFTP sync ${name}`,
    Message: [message, `What to do: ${nextStep(name)}`, `Execution: ${execution}`].join("\n"),
  };
}

function causeMessage(cause: string): string {
  try {
    const parsed = lambdaErrorSchema.safeParse(JSON.parse(cause));
    return parsed.success ? parsed.data.errorMessage : cause;
  } catch {
    return cause;
  }
}
