const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** ISO 8601 with a time of day and without a zone. */
const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/**
 * A date, which is of UTC, or a time of day with a zone: `Date` would make a time of `1.2.3` too, and what has no zone would be a time of
 * the machine's own. To it brackets hold a remark, the zone in them among it.
 */
const TIME = /^\d{4}-\d\d-\d\d$|^[^()]*\d:\d\d(:\d\d([.,]\d+)?)? ?(GMT|UTC|Z|[+-]\d\d:?\d\d)$/;

/** As most are written. */
const USUAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** No time is longer in any form. */
const MOST_CHARACTERS = 64;

/**
 * The time of a listed file as ISO 8601. The user guide's words are "in seconds, UTC", its example is ISO 8601: both are
 * read, seconds as a number or as text, with fractions and before 1970.
 * @returns `undefined` for what is no time.
 */
export function parseTime(written: unknown): string | undefined {
  if (typeof written !== "string" && typeof written !== "number") {
    return undefined;
  }
  const text = String(written).trim();
  if (text.length <= MOST_CHARACTERS && USUAL_TIME.test(text)) {
    return Number.isNaN(Date.parse(text)) ? undefined : text;
  }
  if (typeof written === "number" || NUMBER.test(text)) {
    const at = new Date(Math.round(Number(written) * 1000));
    return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
  }
  // Otherwise it would be a time of the machine's own zone.
  const zoned = WITHOUT_ZONE.test(text) ? `${text}Z` : text;
  return zoned.length <= MOST_CHARACTERS && TIME.test(zoned) && !Number.isNaN(Date.parse(zoned)) ? zoned : undefined;
}
