import { createHash } from "node:crypto";
import { numberToken } from "./number-tokens";

/** Longest name of a sync that is derived from its folder; it goes into metrics, logs and physical names. */
const DERIVED_NAME_MAX_LENGTH = 64;

const HASH_LENGTH = 8;

/** `SFTP Provider_1` -> `sftp-provider-1`. Empty when the text holds no letter or digit that can be kept. */
export function normaliseName(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** A sync's name where the definition gives none: `/data/%year%` -> `data-year`, `/` -> `root`. */
export function syncNameFromFolder(folder: string): string {
  if (folder === "/") {
    return "root";
  }
  const name = normaliseName(folder.replace(/%(year|month|day)%/g, "-$1-"));
  // A folder in a script without Latin letters keeps a stable name all the same.
  return name === "" ? `folder-${shortHash(folder)}` : physicalName([name], DERIVED_NAME_MAX_LENGTH);
}

/** The parts joined with `-`; where that is too long, its beginning and a stable hash of the whole. */
export function physicalName(parts: readonly string[], maxLength: number): string {
  const name = parts.join("-");
  if (name.length <= maxLength) {
    return name;
  }
  if (maxLength <= HASH_LENGTH + 1) {
    throw new RangeError(`A physical name needs more than ${HASH_LENGTH + 1} characters`);
  }
  const start = name.slice(0, maxLength - HASH_LENGTH - 1).replace(/-+$/, "");
  return `${start}-${shortHash(name)}`;
}

/** An e-mail address as part of an address in Terraform's state: `ops@example.com` -> `ops_example_com`. */
export function nameOfEmail(email: string): string {
  return email.toLowerCase().replaceAll(/[^a-z0-9-]/g, "_");
}

/** The beginning of the text's SHA-256; of one that makes a number which CDKTF takes for a reference, what follows. */
function shortHash(text: string): string {
  const digest = createHash("sha256").update(text).digest("hex");
  return numberToken(digest.slice(0, HASH_LENGTH)) === undefined
    ? digest.slice(0, HASH_LENGTH)
    : digest.slice(HASH_LENGTH, 2 * HASH_LENGTH);
}
