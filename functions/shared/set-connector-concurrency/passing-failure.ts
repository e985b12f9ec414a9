import { TransferServiceException } from "@aws-sdk/client-transfer";
import { isBackPressure, retryAfterSeconds } from "../../aws/failures";
import { NotYet } from "./errors";

/**
 * What a role too new to be known everywhere looks like: this function's own is refused, the connector's "cannot be
 * assumed" or cannot read the secret. The wording of InvalidRequestException is documented nowhere.
 */
const NEW_ROLE = /\b(role|secret)\b/i;

/**
 * An error of DescribeConnector or UpdateConnector that may pass, as `NotYet`. Unlike Start* calls these may be repeated
 * at any time, so a lost answer counts too.
 * @returns the error itself where trying again cannot help.
 */
export function passingFailure(error: unknown): unknown {
  if (!(error instanceof Error)) {
    return error;
  }
  const passes = error instanceof TransferServiceException ? serviceErrorPasses(error) : isConnectionError(error);
  return passes
    ? new NotYet(`${error.name}: ${error.message}`, { retryAfterSeconds: retryAfterSeconds(error), cause: error })
    : error;
}

function serviceErrorPasses(error: TransferServiceException): boolean {
  switch (error.name) {
    case "AccessDeniedException":
    case "ConflictException":
      return true;
    case "InvalidRequestException":
      return NEW_ROLE.test(error.message);
    default:
      return isBackPressure(error) || (error.$metadata.httpStatusCode ?? 500) >= 500;
  }
}

/** Node's own errors carry a code, the SDK's for a time limit this name. */
function isConnectionError(error: Error): boolean {
  return "code" in error || error.name === "TimeoutError";
}
