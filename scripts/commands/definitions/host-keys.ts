import { HOST_KEY_TYPES, parseHostKey } from "../../../config/fields/host-keys";
import { SECURITY_POLICIES } from "../../../config/fields/security-policy";
import { UserError } from "../../../local/errors/user-error";
import { Interrupted } from "../../../local/runner/interrupted";
import { fingerprint, keyOfLine } from "../../../local/transfer/host-keys";
import { securityPolicy } from "../../../local/transfer/security-policies";
import { shownHostKeys } from "../../../local/transfer/shown-host-keys";

/** A host key, as people compare it. */
export interface KnownHostKey {
  readonly type: string;
  /** `type base64`, as `PublicKey` takes it. */
  readonly key: string;
  /** `SHA256:...`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

/** A host key that a server shows. */
export interface ServerHostKey extends KnownHostKey {
  /** Whether SFTP connectors take the key. */
  readonly accepted: boolean;
  /** Why PublicKey does not take it, though connectors take its type. */
  readonly refusal?: string;
  /** The security policies with which a connector can verify it. */
  readonly policies: readonly string[];
}

/** @param line `type base64`. */
export function knownHostKey(line: string): KnownHostKey {
  return { type: line.split(" ")[0] ?? "", key: line, fingerprint: fingerprint(keyOfLine(line)) };
}

/**
 * The host keys that a server shows; nobody logs in.
 * @param url `host` or `host:port`.
 * @throws RemoteFailure, Interrupted
 */
export async function serverHostKeys(url: string, signal: AbortSignal): Promise<ServerHostKey[]> {
  try {
    const shown = await shownHostKeys(url, signal);
    return shown.map(({ type, line, signatures }) => ({
      ...knownHostKey(line),
      ...verdictOn(type, line),
      policies: SECURITY_POLICIES.filter((name) =>
        securityPolicy(name).serverHostKey.some((algorithm) => signatures.includes(algorithm)),
      ),
    }));
  } catch (error) {
    Interrupted.throwIf(signal);
    throw error;
  }
}

/** A server may show as its key whatever it likes: one too short to be safe, or of no use at all. */
function verdictOn(type: string, line: string): Pick<ServerHostKey, "accepted" | "refusal"> {
  const { value, findings } = parseHostKey(line);
  const isKnown = HOST_KEY_TYPES.some((known) => known === type);
  return {
    accepted: value !== undefined,
    ...(isKnown && value === undefined ? { refusal: findings.map(({ message }) => message).join("; ") } : {}),
  };
}

/** Those that connectors take. @throws UserError where there is none. */
export function acceptedHostKeys(url: string, keys: readonly ServerHostKey[]): ServerHostKey[] {
  const accepted = keys.filter((key) => key.accepted);
  if (accepted.length === 0) {
    const types =
      keys.map(({ type, refusal }) => (refusal === undefined ? type : `${type}, but ${refusal}`)).join(", ") ||
      "none of a known type";
    throw new UserError(
      `${url} has no host key that SFTP connectors take (it has: ${types}; allowed: ${HOST_KEY_TYPES.join(", ")})`,
      { next: "ask the server's owner for an RSA or ECDSA host key" },
    );
  }
  return accepted;
}

const FINGERPRINT = /^(?:SHA256:)?([A-Za-z0-9+/]{43})=?$/;

/**
 * The keys with these fingerprints.
 * @param fingerprints as `ssh-keygen -l` or ssh print them, with or without `SHA256:`.
 * @param whose the keys' place, for messages.
 * @throws UserError for a fingerprint that none of the keys has.
 */
export function keysByFingerprint<Key extends KnownHostKey>(
  keys: readonly Key[],
  fingerprints: readonly string[],
  whose: string,
): Key[] {
  return fingerprints.map((text) => {
    const [, hash] = FINGERPRINT.exec(text.trim()) ?? [];
    if (hash === undefined) {
      throw new UserError(`${JSON.stringify(text)} is no fingerprint (allowed: SHA256: and 43 characters)`);
    }
    const key = keys.find((one) => one.fingerprint === `SHA256:${hash}`);
    if (key === undefined) {
      throw new UserError(`${whose} has no host key SHA256:${hash} (there are: ${describeKeys(keys)})`, {
        next: "ask the server's owner which keys are right; trust none before you know",
      });
    }
    return key;
  });
}

const describeKeys = (keys: readonly KnownHostKey[]) =>
  keys.map((key) => `${key.type} ${key.fingerprint}`).join(", ") || "none";
