import { hostsBeforeKey, missingHostKeys } from "../../fields/host-keys";
import { knownHosts } from "../../fields/known-hosts";
import { hostAndPort } from "../../fields/url";
import { error, type Finding, warning } from "../../problems/problem";
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

/** Compares the hosts of a line that was copied from known_hosts or ssh-keyscan with `Url`, before they are left out. */
export function hostKeysAreOfUrl({ PublicKey, Url }: DefinitionFields): PlacedFinding[] {
  return PublicKey.items.flatMap(({ written, value, path }): PlacedFinding[] => {
    const hosts = typeof written === "string" && value !== undefined ? hostsBeforeKey(written) : undefined;
    return hosts === undefined ? [] : [{ path, part: "value", finding: aboutHosts(hosts, Url.value) }];
  });
}

const KEY_ALONE = "type and base64 alone";

function aboutHosts(hosts: string, url: string | undefined): Finding {
  if (url === undefined) {
    return warning("the host name before the key was removed", { allowed: KEY_ALONE });
  }
  const shown = hosts.startsWith("|") ? "a host whose name is hashed" : hosts;
  switch (knownHosts(hosts, hostAndPort(url))) {
    case "its":
      return warning("the host name before the key was removed", { allowed: KEY_ALONE });
    case "another's":
      return warning(`is a key of ${shown}, and not of ${url}, which Url names`, {
        allowed: "a key of that server, or type and base64 alone",
      });
    case "not-its":
      return error(`is a key of ${shown}: the ! says that it is not one of ${url}, which Url names`, {
        allowed: "a key of that server",
      });
  }
}
