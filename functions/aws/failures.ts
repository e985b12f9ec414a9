import { TransferServiceException } from "@aws-sdk/client-transfer";
import type { StartOutcome } from "../../engine/ports/services";

/**
 * Names under which Transfer Family says "later". Throttling comes as HTTP 400 without a message (API model), so only the
 * name tells. How a full queue is refused is documented nowhere: every name that means a limit counts.
 */
const BACK_PRESSURE = new Set([
  "ThrottlingException",
  "TooManyRequestsException",
  "ServiceUnavailableException",
  "ServiceQuotaExceededException",
  "LimitExceededException",
]);

/** Names that say the request itself is wrong: repeating it cannot help, and the next file may be fine. */
const REJECTED = new Set(["InvalidRequestException", "ValidationException"]);

/** Node's codes for a connection that never came about: the request was not sent. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** Sorts an error of a Start* call; those that concern the whole run (no permission, no connector) are thrown on. */
export function startFailure(error: unknown): StartOutcome {
  if (error instanceof TransferServiceException) {
    if (isBackPressure(error)) {
      return { status: "refused", retryAfterSeconds: retryAfterSeconds(error) };
    }
    if (REJECTED.has(error.name)) {
      return { status: "rejected", name: error.name, message: error.message };
    }
    if ((error.$metadata.httpStatusCode ?? 500) < 500) {
      throw error;
    }
  }
  if (error instanceof Error && "code" in error && NEVER_SENT.has(String(error.code))) {
    return { status: "refused", retryAfterSeconds: undefined };
  }
  return { status: "unknown", message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}

/** The service says "later". */
export function isBackPressure(error: TransferServiceException): boolean {
  return BACK_PRESSURE.has(error.name);
}

/** `RetryAfterSeconds` of a ThrottlingException: a string in the API model. */
export function retryAfterSeconds(error: Error): number | undefined {
  const seconds = "RetryAfterSeconds" in error ? Number(error.RetryAfterSeconds) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
