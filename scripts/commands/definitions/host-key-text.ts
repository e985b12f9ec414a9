import { DEFAULT_SECURITY_POLICY } from "../../../config/fields/security-policy";
import type { KnownHostKey, ServerHostKey } from "./host-keys";

/** `ecdsa-sha2-nistp256` has as many; a fingerprint is never cut in two. */
const TYPE_WIDTH = 19;

/** Types and fingerprints, one a line, for people to compare. */
export function hostKeyLines(keys: readonly (KnownHostKey | ServerHostKey)[]): string {
  return keys
    .flatMap((key) => {
      const remark = "policies" in key ? remarkOn(key) : undefined;
      const line = `${key.type.padEnd(TYPE_WIDTH)}  ${key.fingerprint}`;
      return remark === undefined ? [line] : [line, `${" ".repeat(TYPE_WIDTH)}  ${remark}`];
    })
    .join("\n");
}

function remarkOn({ accepted, refusal, policies }: ServerHostKey): string | undefined {
  if (!accepted) {
    return refusal === undefined
      ? "AWS Transfer Family does not take this type"
      : `PublicKey does not take it: ${refusal}`;
  }
  return policies.includes(DEFAULT_SECURITY_POLICY) ? undefined : `needs SecurityPolicyName: ${policies.join(" or ")}`;
}

/** As lines of a definition. */
export function publicKeyYaml(keys: readonly KnownHostKey[]): string {
  return ["PublicKey:", ...keys.map(({ key }) => `  - ${key}`)].join("\n");
}

/** Keys under a heading; nothing where there are none. */
function section(heading: string, keys: readonly (KnownHostKey | ServerHostKey)[]): string[] {
  return keys.length === 0 ? [] : [`${heading}\n${hostKeyLines(keys).replaceAll(/^/gm, "  ")}`];
}

/** What a server shows beside what a definition trusts. */
export function comparison(shown: readonly ServerHostKey[], trusted: readonly KnownHostKey[]): string {
  const isIn = (keys: readonly KnownHostKey[]) => (key: KnownHostKey) => keys.some((one) => one.key === key.key);
  const isTrusted = isIn(trusted);
  const isShown = isIn(shown);
  return [
    ...section("In PublicKey, and shown by the server:", trusted.filter(isShown)),
    ...section(
      "Shown by the server, not in PublicKey:",
      shown.filter((key) => key.accepted && !isTrusted(key)),
    ),
    ...section(
      "In PublicKey, not shown by the server:",
      trusted.filter((key) => !isShown(key)),
    ),
    ...section(
      "Shown by the server, for comparison only:",
      shown.filter(({ accepted }) => !accepted),
    ),
  ].join("\n\n");
}
