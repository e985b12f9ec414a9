import { missingHostKeys } from "../../fields/host-keys";
import { warning } from "../../problems/problem";
import type { PlacedFinding } from "../../problems/zod-findings";
import type { DefinitionFields } from "../form/definition-schema";

/** Says how to obtain the keys where the schema alone could only say that they are missing. */
export function explainMissingHostKeys(
  findings: readonly PlacedFinding[],
  { PublicKey, Url }: DefinitionFields,
): PlacedFinding[] {
  const isMissing = PublicKey.items.length === 0 && Array.isArray(PublicKey.written ?? []);
  if (!isMissing) {
    return [...findings];
  }
  const finding = missingHostKeys(Url.value);
  return findings.map((placed) => (placed.path.join() === PublicKey.path.join() ? { ...placed, finding } : placed));
}

/** Warns of a key that is there twice: it counts among the ten, and is handed to the connector once. */
export function hostKeysAreDistinct({ PublicKey }: DefinitionFields): PlacedFinding[] {
  const keys = PublicKey.items.map(({ value }) => value);
  return PublicKey.items.flatMap(({ value, path }, index): PlacedFinding[] => {
    const first = keys.indexOf(value);
    return value === undefined || first === index
      ? []
      : [{ path, part: "value", finding: warning(`is the same key as PublicKey[${first}]`) }];
  });
}
