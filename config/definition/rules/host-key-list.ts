import { missingHostKeys, parseHostKey } from "../../fields/host-keys";
import { parseUrl } from "../../fields/url";
import { parsedAt } from "../../problems/parsed-at";
import { warning } from "../../problems/problem";
import type { PlacedFinding } from "../../problems/zod-findings";

/** Says how to obtain the keys where the schema alone could only say that they are missing. */
export function explainMissingHostKeys(
  findings: readonly PlacedFinding[],
  data: Record<string, unknown>,
): PlacedFinding[] {
  const keys = data.PublicKey;
  const missing = keys === undefined || keys === null || (Array.isArray(keys) && keys.length === 0);
  if (!missing) {
    return [...findings];
  }
  const finding = missingHostKeys(parsedAt(data, ["Url"], parseUrl));
  return findings.map((placed) => (placed.path.join() === "PublicKey" ? { ...placed, finding } : placed));
}

/** Warns of a key that is there twice: it counts among the ten, and is handed to the connector once. */
export function hostKeysAreDistinct(data: Record<string, unknown>): PlacedFinding[] {
  if (!Array.isArray(data.PublicKey)) {
    return [];
  }
  const keys = data.PublicKey.map((_, index) => parsedAt(data, ["PublicKey", index], parseHostKey));
  return keys.flatMap((key, index): PlacedFinding[] => {
    const first = keys.indexOf(key);
    if (key === undefined || first === index) {
      return [];
    }
    return [{ path: ["PublicKey", index], part: "value", finding: warning(`is the same key as PublicKey[${first}]`) }];
  });
}
