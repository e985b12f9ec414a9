/** Markup, quotes, a control character, and marks that turn the direction of writing. */
export const HOSTILE = `</style><script>alert(1)</script><img src=x onerror="alert(1)">'&\u202e\u2066\u0007`;

/** Where other texts stand than somebody's own. */
const OUR_WORDS: readonly string[] = [
  "kind",
  "severity",
  "expression",
  "timezone",
  "utc",
  "status",
  "startedAt",
  "finishedAt",
  "mode",
];

/** A copy of a value in which every text of others is hostile. */
export function madeHostile<T>(value: T): T;
export function madeHostile(value: unknown): unknown {
  if (typeof value === "string") {
    return value + HOSTILE;
  }
  if (Array.isArray(value)) {
    return value.map((one) => madeHostile(one));
  }
  if (
    value instanceof Date ||
    value instanceof Map ||
    ArrayBuffer.isView(value) ||
    typeof value !== "object" ||
    value === null
  ) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, OUR_WORDS.includes(key) ? one : madeHostile(one)]),
  );
}

/** The names of all elements of a page, in order, with whether they begin or end there. */
export const tagsOf = (html: string): string[] => [...html.matchAll(/<\/?[a-zA-Z][\w-]*/g)].map(([tag]) => tag);
