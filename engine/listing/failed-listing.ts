import * as z from "zod";

/** What the recorder writes beside the place of a listing that failed. */
export const failedListingSchema = z.object({
  code: z.string().optional(),
  message: z.string().optional(),
});

export type FailedListing = z.infer<typeof failedListingSchema>;
