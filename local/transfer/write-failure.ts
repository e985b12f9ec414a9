import { RemoteFailure } from "./remote-failure";

/** What went wrong while bytes were written to S3; a failure of the remote side stays what it is. */
export function writeFailure(error: unknown): RemoteFailure {
  return error instanceof RemoteFailure
    ? error
    : new RemoteFailure("WRITE_FILE_ERROR", error instanceof Error ? error.message : String(error), { cause: error });
}
