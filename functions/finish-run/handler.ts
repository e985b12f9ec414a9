import { z } from "zod";
import { RunError } from "../shared/errors";
import { logger } from "../shared/logger";
import { parseRunContext } from "../shared/run-context";
import { logExecution, startEngine } from "../shared/run-slice";
import type { Services } from "../shared/services";
import { finishRun } from "./finish";
import type { Outcome } from "./outcome";

const inputSchema = z.object({
  /** What a Catch put there; `Cause` of a Lambda's error is its error object as JSON. */
  Error: z.object({ Error: z.string(), Cause: z.string().default("") }).optional(),
  Slice: z.object({ Status: z.string() }).optional(),
});

const lambdaErrorSchema = z.object({ errorMessage: z.string() });

/** Ends every run that began: report, lock, outcome. */
export async function handler(input: unknown): Promise<Outcome> {
  const { services } = startEngine();
  logExecution(input);
  const outcome = await finish(services, input);
  logger.info("run finished", { outcome });
  return outcome;
}

async function finish(services: Services, input: unknown): Promise<Outcome> {
  const { Error: caught, Slice } = inputSchema.parse(input);
  try {
    const error = caught && { name: caught.Error, message: causeMessage(caught.Cause) };
    return await finishRun(services, parseRunContext(input), { error, skipped: Slice?.Status === "SKIPPED" });
  } catch (thrown) {
    if (thrown instanceof RunError && thrown.name === "InvalidEvent") {
      return invalidEvent(thrown);
    }
    throw thrown;
  }
}

/** Without a usable event there is no place for a report, but there is somebody to tell. */
function invalidEvent({ name, message }: RunError): Outcome {
  return { Status: "FAILED", Error: { Name: name, Message: message }, Subject: `SFTP sync ${name}`, Message: message };
}

function causeMessage(cause: string): string {
  try {
    const parsed = lambdaErrorSchema.safeParse(JSON.parse(cause));
    return parsed.success ? parsed.data.errorMessage : cause;
  } catch {
    return cause;
  }
}
