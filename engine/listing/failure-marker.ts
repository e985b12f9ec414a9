import { z } from "zod";
import { LISTING_FAILED_SUFFIX, RUNS_PREFIX } from "../../contract/layout";
import type { FailedListing } from "./failed-listing";

/** The parts of *SFTP Connector Directory Listing Failed* (EventBridge) that tell which listing failed, and why. */
const eventSchema = z.object({
  detail: z.object({
    "connector-id": z.string().min(1),
    "listing-id": z.string().min(1),
    "output-directory-path": z.string().min(1),
    "failure-code": z.string().nullish(),
    "failure-message": z.string().nullish(),
  }),
});

export interface FailureMarker {
  readonly key: string;
  readonly content: FailedListing;
}

/**
 * The object that tells a run of its failed listing: the listing's own key with a suffix.
 * @returns `undefined` for a listing that no run of ours started: another bucket, or not under `runs/`.
 */
export function failureMarker(event: unknown, listResultsBucket: string): FailureMarker | undefined {
  const { detail } = eventSchema.parse(event);
  const [bucket, ...folders] = detail["output-directory-path"].split("/").filter((part) => part !== "");
  const file = `${detail["connector-id"]}-${detail["listing-id"]}.json`;
  const key = `${[...folders, file].join("/")}${LISTING_FAILED_SUFFIX}`;
  if (bucket !== listResultsBucket || !key.startsWith(RUNS_PREFIX) || file.includes("/")) {
    return undefined;
  }
  return {
    key,
    content: { code: detail["failure-code"] ?? undefined, message: detail["failure-message"] ?? undefined },
  };
}
