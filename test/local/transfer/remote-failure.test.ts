import { expect } from "chai";
import type { FailureKind } from "../../../engine/failures/failure";
import { remoteFailure } from "../../../engine/failures/remote-failure";
import { FAILURE_CODES, type FailureCode } from "../../../local/transfer/remote-failure";

/** What the engine makes of each code of the local connector, without a message to help it. */
const KINDS: Readonly<Record<FailureCode, FailureKind>> = {
  CONNECTION_ERROR: "connection",
  TIMEOUT_ERROR: "connection",
  DIRECTORY_NOT_FOUND: "not-found",
  LIST_DIRECTORY_ERROR: "other",
  RETRIEVE_FILE_NOT_FOUND: "not-found",
  READ_FILE_ERROR: "other",
  WRITE_FILE_ERROR: "other",
  INTERNAL_ERROR: "other",
  TRANSFER_INTERRUPTED: "other",
  SIZE_EXCEEDED: "not-as-listed",
};

describe("failures of the local connector", () => {
  for (const code of FAILURE_CODES) {
    it(`reach the run as ${KINDS[code]}: ${code}`, () => {
      expect(remoteFailure({ path: "/in/a", code, message: undefined }).kind).to.equal(KINDS[code]);
    });
  }
});
