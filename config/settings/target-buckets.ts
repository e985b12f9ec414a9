import * as z from "zod";

/** `*` stands for any characters of a bucket's name; a prefix stands as it is, and holds only what a policy can. */
const PLACE = /^[a-z0-9.*-]{1,63}(\/(?!\.{1,2}(\/|$))((?![/*?$])[\u0020-\u007e\u00a0-\u00ff])+)*\/?$/;

/** Names servers. */
export const serverPatternSchema = z
  .string()
  .regex(/^[a-z0-9*-]{1,64}$/, "a server's Name, in which * stands for any characters");

const targetRuleSchema = z.strictObject({
  servers: z
    .array(serverPatternSchema)
    .min(1)
    .default(["*"])
    .describe("Names of servers, as their definitions give them; `*` stands for any characters."),
  allow: z
    .array(
      z
        .string()
        .regex(
          PLACE,
          "BUCKET or BUCKET/PREFIX, with * in BUCKET alone, and no *, ?, $ or characters beyond U+00FF in PREFIX",
        ),
    )
    .min(1)
    .describe(
      "Where these servers may write: `BUCKET`, in which `*` stands for any characters, or `BUCKET/PREFIX`, which is that " +
        "`Prefix` and all below it.",
    ),
});

/** What somebody who decides over an account lets definitions write to. */
export const targetBucketsSchema = z.array(targetRuleSchema).min(1);

export type TargetBuckets = z.output<typeof targetBucketsSchema>;

/** As in a definition: without slashes at the ends of `Prefix`. */
export interface TargetPlace {
  readonly BucketName: string;
  readonly Prefix: string;
}

/**
 * The places that all rules for a server allow together.
 * @returns `undefined` where there are no rules: every place is allowed then.
 */
export function placesAllowedTo(server: string, rules: TargetBuckets | undefined): readonly string[] | undefined {
  const ofServer = rules?.filter(({ servers }) => isNamed(server, servers));
  return ofServer && [...new Set(ofServer.flatMap(({ allow }) => allow))];
}

/** Whether one of the patterns takes a server's name. */
export function isNamed(server: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matches(pattern, server));
}

/** What is wrong with a place: its bucket, its prefix, or nothing. */
export function refusedPart(places: readonly string[] | undefined, { BucketName, Prefix }: TargetPlace) {
  if (places === undefined) {
    return undefined;
  }
  const ofBucket = places.filter((place) => matches(place.split("/")[0] ?? "", BucketName));
  if (ofBucket.length === 0) {
    return "BucketName";
  }
  const isBelow = (place: string) => {
    const prefix = place.split("/").slice(1).join("/").replace(/\/$/, "");
    return prefix === "" || Prefix === prefix || Prefix.startsWith(`${prefix}/`);
  };
  return ofBucket.some(isBelow) ? undefined : "Prefix";
}

/** Each part between stars is looked for where it comes first: that takes no longer for many stars. */
function matches(pattern: string, text: string): boolean {
  const [first = "", ...others] = pattern.split("*");
  const last = others.pop();
  if (last === undefined) {
    return pattern === text;
  }
  const end = text.length - last.length;
  const reached = others.reduce(
    (place, part) => {
      const found = place < 0 ? -1 : text.indexOf(part, place);
      return found < 0 ? -1 : found + part.length;
    },
    text.startsWith(first) ? first.length : -1,
  );
  return reached >= 0 && reached <= end && text.endsWith(last);
}
