/** The first version that has every argument of the stacks; the tests apply everything with it. */
export const OLDEST_PROVIDER = "5.100.0";

/**
 * From 6.22 to 6.39 the provider reads back a block of the list-results bucket's encryption that nobody has written, and
 * plans to remove it each time (hashicorp/terraform-provider-aws#47320).
 */
export const DEFAULT_PROVIDER_RANGE = `>= ${OLDEST_PROVIDER}, < 6.22.0`;

const OLDEST = numbersOf(OLDEST_PROVIDER);

/** Whether a constraint of Terraform's leaves a version that is new enough. @param constraint one of the right form. */
export function admitsNewProvider(constraint: string): boolean {
  return constraint.split(",").every((part) => reaches(part.trim()));
}

function reaches(part: string): boolean {
  const [, operator = "", text = ""] = /^([<>=!~]*)\s*(\S+)$/.exec(part) ?? [];
  const version = numbersOf(text);
  switch (operator) {
    case "":
    case "=":
    case "<=":
      return compare(version, OLDEST) >= 0;
    case "<":
      return compare(version, OLDEST) > 0;
    case "~>":
      // The last number that is named may grow.
      return compare(withoutLast(version), OLDEST) > 0;
    default:
      return true;
  }
}

function numbersOf(version: string): number[] {
  return version.split(".").map(Number);
}

/** The first version that `~>` excludes: `6.21` for `6.20.3`, and `7` for `6.20` and `6`. */
function withoutLast(version: readonly number[]): number[] {
  const kept = version.slice(0, Math.max(1, version.length - 1));
  return kept.map((number, index) => (index === kept.length - 1 ? number + 1 : number));
}

/** Numbers that are not named are 0. */
function compare(a: readonly number[], b: readonly number[]): number {
  const at = [0, 1, 2].find((index) => (a[index] ?? 0) !== (b[index] ?? 0));
  return at === undefined ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
