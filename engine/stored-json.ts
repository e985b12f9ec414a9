import type * as z from "zod";
import { firstIssues } from "../contract/first-issues";

/** What lies under a key of a run is not what a run writes there: the text is damaged, or of somebody else. */
export class UnreadableState extends Error {
  override readonly name = "UnreadableState";
}

/** The JSON of a text, `undefined` where it is none. */
export function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What a run has written down, read again.
 * @param place for the message: `s3://BUCKET/KEY`.
 * @throws UnreadableState
 */
export function parseStored<T>(schema: z.ZodType<T>, text: string, place: string): T {
  const json = jsonOrNothing(text);
  const parsed = schema.safeParse(json);
  if (parsed.success) {
    return parsed.data;
  }
  const why = json === undefined ? "it is not JSON" : firstIssues(parsed.error);
  throw new UnreadableState(`${place} is part of the run's state, and cannot be read: ${why}`);
}
