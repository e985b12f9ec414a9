/** The first version that has every argument of the stacks; the tests apply everything with it. */
export const OLDEST_PROVIDER = "5.100.0";

/**
 * From 6.22 to 6.39 the provider reads back a block of the list-results bucket's encryption that nobody has written, and
 * plans to remove it each time (hashicorp/terraform-provider-aws#47320).
 */
export const DEFAULT_PROVIDER_RANGE = `>= ${OLDEST_PROVIDER}, < 6.22.0`;

type Version = readonly [major: number, minor: number, patch: number];

/** Whether a constraint of Terraform's leaves a version that is new enough. @param constraint one of the right form. */
export function admitsNewProvider(constraint: string): boolean {
  return constraint.split(",").every((part) => reaches(part.trim()));
}

function reaches(part: string): boolean {
  const [, operator = "", text = ""] = /^([<>=!~]*)\s*(\S+)$/.exec(part) ?? [];
  const [major = 0, minor, patch] = text.split("-")[0]?.split(".").map(Number) ?? [];
  const version: Version = [major, minor ?? 0, patch ?? 0];
  switch (operator) {
    case "":
    case "=":
    case "<=":
      return compare(version, OLDEST) >= 0;
    case "<":
      return compare(version, OLDEST) > 0;
    case "~>":
      // The last number that is named may grow.
      return compare(patch === undefined ? [major + 1, 0, 0] : [major, (minor ?? 0) + 1, 0], OLDEST) > 0;
    default:
      return true;
  }
}

const OLDEST: Version = [5, 100, 0];

function compare(a: Version, b: Version): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
