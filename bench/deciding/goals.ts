import { type Deciding, JSON_ALONE } from "./deciding";

const MOST_MICROSECONDS = 1;
const MOST_LISTING_SIZES = 6;

/** What is aimed at, for whoever reads the figures. */
export const DECIDING_GOALS =
  `Goals: ${MOST_MICROSECONDS} µs of processor for an unchanged entry beyond JSON.parse, and ${MOST_LISTING_SIZES} times the listing's ` +
  "size of memory. Time and CPU are those of a warm process, memory is what a fresh one took in addition.";

/** `undefined`: what was measured has no goals. */
export function isMet({ name, changed, ownMicroseconds, listingSizes }: Deciding): string | undefined {
  if (name === JSON_ALONE) {
    return undefined;
  }
  const missed = [
    ...(changed === 0 && ownMicroseconds > MOST_MICROSECONDS ? ["time"] : []),
    ...(listingSizes > MOST_LISTING_SIZES ? ["memory"] : []),
  ];
  return missed.length === 0 ? "met" : `missed: ${missed.join(", ")}`;
}

/** `2 GET, 1 PUT`: the engine's requests to S3, by the names that the service has for them. */
export function operations({ requests }: Pick<Deciding, "requests">): string {
  return Object.entries(requests)
    .map(([operation, count]) => `${count} ${OPERATIONS[operation] ?? operation}`)
    .join(", ");
}

const OPERATIONS: Readonly<Record<string, string>> = {
  read: "GET",
  write: "PUT",
  head: "HEAD",
  list: "LIST",
  remove: "DELETE",
};
