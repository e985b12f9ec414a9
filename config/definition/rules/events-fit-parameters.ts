import type { ServerDefinition } from "../../../contract/model";
import { MAX_PARAMETER_BYTES, parameterValue } from "../../../contract/parameter-value";
import { byHandEvent } from "../../../contract/run-event";
import { error } from "../../problems/problem";
import type { PlacedFinding } from "../../problems/zod-findings";

/** The longest that a connector's id and the list-results bucket's name can be. */
const TARGET = { connectorId: "c".repeat(19), listResultsBucketName: "b".repeat(63) };

/** The event for runs by hand stands in an SSM parameter: what does not fit there would be refused amid an apply. */
export function eventsFitParameters(server: ServerDefinition): PlacedFinding[] {
  return server.syncs.flatMap((sync, index): PlacedFinding[] => {
    const bytes = Buffer.byteLength(parameterValue(byHandEvent(server, sync, TARGET)));
    if (bytes <= MAX_PARAMETER_BYTES) {
      return [];
    }
    const finding = error("makes the sync too long for the SSM parameter that holds its event", {
      received: `${bytes} bytes in all`,
      allowed: `${MAX_PARAMETER_BYTES} bytes: fewer or shorter globs, or several syncs`,
    });
    return [{ path: ["SyncSettings", index, "RemoteFolders"], part: "key", finding }];
  });
}
