import * as z from "zod";
import {
  LISTING_COMPLETED_SUFFIX,
  LISTING_EMPTY_SUFFIX,
  LISTING_FAILED_SUFFIX,
  RUNS_PREFIX,
} from "../../contract/layout";
import { LISTING_COMPLETED, LISTING_FAILED } from "../../contract/listing-events";
import type { FailedListing } from "./failed-listing";
import { EMPTY_LISTING, listingFlagSchema } from "./listing-file";

const placeSchema = z.object({
  "connector-id": z.string().min(1),
  "listing-id": z.string().min(1),
  "output-directory-path": z.string().min(1),
});

type ListingPlace = z.infer<typeof placeSchema>;

const failedSchema = placeSchema.extend({
  "failure-code": z.string().nullish(),
  "failure-message": z.string().nullish(),
});

/** What is odd here is no reason to lose the event: it only proves nothing. */
const completedSchema = placeSchema.extend({
  "status-code": z.unknown().optional(),
  /** The user guide says number, and shows text in other numbers' places. */
  "item-count": z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
    .optional()
    .catch(undefined),
  truncated: listingFlagSchema.nullish().catch(true),
});

/** The events of EventBridge that tell how a directory listing ended, as far as a run needs them. */
const eventSchema = z.discriminatedUnion("detail-type", [
  z.object({ "detail-type": z.literal(LISTING_FAILED), detail: failedSchema }),
  z.object({ "detail-type": z.literal(LISTING_COMPLETED), detail: completedSchema }),
]);

export interface ListingMarker {
  readonly key: string;
  readonly text: string;
}

/**
 * The object that tells a run how its listing ended where the listing itself may not: the listing's own key with a suffix.
 * A failed one has code and message. One that completed without items may have no output: the marker is the listing of an
 * empty folder, which is written only where the event leaves no doubt. Where it says neither items nor none, the marker says
 * that the listing completed.
 * @returns `undefined` for a listing that no run of ours started (another bucket, or not under `runs/`), and for one with items.
 */
export function listingMarker(event: unknown, listResultsBucket: string): ListingMarker | undefined {
  const parsed = eventSchema.parse(event);
  const key = keyOfOutput(parsed.detail, listResultsBucket);
  if (key === undefined) {
    return undefined;
  }
  if (parsed["detail-type"] === LISTING_FAILED) {
    const { "failure-code": code, "failure-message": message } = parsed.detail;
    const content: FailedListing = { code: code ?? undefined, message: message ?? undefined };
    return { key: key + LISTING_FAILED_SUFFIX, text: JSON.stringify(content) };
  }
  const { "item-count": items, "status-code": status, truncated } = parsed.detail;
  if (items !== undefined && items > 0) {
    return undefined;
  }
  return items === 0 && (status ?? "COMPLETED") === "COMPLETED" && truncated !== true
    ? { key: key + LISTING_EMPTY_SUFFIX, text: JSON.stringify(EMPTY_LISTING) }
    : { key: key + LISTING_COMPLETED_SUFFIX, text: "{}" };
}

function keyOfOutput(detail: ListingPlace, listResultsBucket: string): string | undefined {
  const [bucket, ...folders] = detail["output-directory-path"].split("/").filter((part) => part !== "");
  const file = `${detail["connector-id"]}-${detail["listing-id"]}.json`;
  const key = [...folders, file].join("/");
  return bucket === listResultsBucket && key.startsWith(RUNS_PREFIX) && !file.includes("/") ? key : undefined;
}
