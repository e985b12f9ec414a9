import * as z from "zod";

/** What a run could not do with a folder or a file, the gravest first: the run is named after it. */
export const FAILURE_NAMES = [
  "RemoteFolderMissing",
  "ListingFailed",
  "ListingTimedOut",
  "ListingTruncated",
  "TransferFailed",
] as const;

/** Why, as far as it is known. */
export const FAILURE_KINDS = [
  /** The server could not be reached, or the connection to it was lost. */
  "connection",
  /** The server knows no such file or folder. */
  "not-found",
  /** It may not be read, listed or written. */
  "not-permitted",
  /** Whatever else the service says of it. */
  "other",
  /** The service refuses the call for good. */
  "rejected",
  /** The answers to its calls were lost. */
  "unanswered",
  /** It was begun, and neither a result nor a failure came in time. */
  "no-result",
  /** What arrived is not what was listed, twice in a row. */
  "not-as-listed",
  /** The transfer is called completed, and the object is not there. */
  "not-in-s3",
  /** The listing arrived, and cannot be used. */
  "unusable-listing",
  /** The listing ends before the folder does. */
  "truncated-listing",
] as const;

export type FailureName = (typeof FAILURE_NAMES)[number];
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Why something failed. */
export interface FailureCause {
  readonly kind: FailureKind;
  /** For people: the service's code and message, or what was seen. May be empty. */
  readonly detail: string;
}

const currentSchema = z.object({
  path: z.string(),
  error: z.enum(FAILURE_NAMES),
  kind: z.enum(FAILURE_KINDS),
  detail: z.string(),
});

/** As runs wrote it down that began under an earlier version. */
const earlierSchema = z
  .object({ path: z.string(), reason: z.enum(FAILURE_NAMES), detail: z.string() })
  .transform(({ path, reason, detail }) => ({ path, error: reason, kind: "other" as const, detail }));

/** A folder or file that a run failed to list or to transfer, as its work state keeps it. */
export const failureSchema = z.union([currentSchema, earlierSchema]);

export type Failure = z.infer<typeof currentSchema>;

/** One line for people: the name, and the detail where there is one. */
export function describeFailure({ error, detail }: Pick<Failure, "error" | "detail">): string {
  return detail === "" ? error : `${error}: ${detail}`;
}
