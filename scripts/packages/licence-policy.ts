import satisfies from "spdx-satisfies";

/** Ask for no more than that their text is passed on. */
const PERMISSIVE: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "PSF-2.0",
  "Unlicense",
];

/** Bind changes of the package's own files: for what runs as it was published, and is not bundled. CDKTF has it. */
const BY_FILE: readonly string[] = ["MPL-2.0"];

/** Packages whose package.json holds no SPDX expression, and the licence that their authors state, by `name@version`. */
const STATED: Readonly<Record<string, string>> = {
  // "license": "Public Domain", which is none of SPDX's names; the Unlicense is the same in more words.
  "jsonify@0.0.1": "Unlicense",
};

/**
 * Why a package must not be used.
 * @param id `name@version`.
 * @param licence as an SPDX expression; undefined where the package declares none.
 * @param isBundled whether its code is in a function's zip.
 * @returns undefined where it may be used.
 */
export function licenceProblem(id: string, licence: string | undefined, isBundled: boolean): string | undefined {
  const stated = licence ?? STATED[id];
  const allowed = isBundled ? PERMISSIVE : [...PERMISSIVE, ...BY_FILE];
  if (stated !== undefined && isSatisfied(stated, allowed)) {
    return undefined;
  }
  const where = isBundled ? "in a function's zip" : "at run time";
  return `${id}: is not allowed ${where} (received: ${stated ?? "no licence that SPDX knows"}; allowed: ${allowed.join(", ")})`;
}

/** Of alternatives one is enough. What is no SPDX expression satisfies nothing. */
function isSatisfied(expression: string, allowed: readonly string[]): boolean {
  try {
    return satisfies(expression, [...allowed]);
  } catch {
    return false;
  }
}
