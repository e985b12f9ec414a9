import type { Work } from "./work";

/** Listings without an answer at any time. More would only wait in the connector, and grow the root. */
const MAX_PENDING = 200;

/** How many more listings may be started now. */
export function roomForListings({ root }: Work): number {
  return MAX_PENDING - root.waves.reduce((sum, { pending }) => sum + pending.length, 0);
}
