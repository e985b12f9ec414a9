import { createHash } from "node:crypto";
import type { ServerHostKeyAlgorithm } from "ssh2";
import { printable, shortened } from "../../contract/printable";
import { type Mask, maskFor } from "./secret-words";

/** Signature algorithms by type of key, of those that connectors take. An RSA key may sign in three ways; the others have one each. */
export const HOST_KEY_ALGORITHMS: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
};

/**
 * Those of the allowed signature algorithms that the trusted keys' types have (all, where there are no keys), in the order of
 * the allowed ones: a server must show a key of such a type, and which one it shows is no matter of the order of the keys.
 */
export function hostKeyAlgorithms(
  trustedHostKeys: readonly string[],
  allowed: readonly ServerHostKeyAlgorithm[],
): ServerHostKeyAlgorithm[] {
  const types = trustedHostKeys.length === 0 ? Object.keys(HOST_KEY_ALGORITHMS) : hostKeyTypes(trustedHostKeys);
  const possible = types.flatMap((type) => HOST_KEY_ALGORITHMS[type] ?? []);
  return allowed.filter((algorithm) => possible.includes(algorithm));
}

export const hostKeyTypes = (lines: readonly string[]) => [
  ...new Set(lines.map((line) => line.trim().split(/\s+/)[0] ?? "")),
];

/** The key type, which stands first in an SSH public key blob. */
export function typeOfBlob(key: Buffer): string {
  return key.length < 4 ? "unknown" : key.toString("latin1", 4, 4 + key.readUInt32BE(0));
}

/** A host key as `known_hosts` and a connector's `TrustedHostKeys` have it: type and base64. */
export const hostKeyLine = (key: Buffer) => `${typeOfBlob(key)} ${key.toString("base64")}`;

/** As `ssh-keygen -l` prints it. */
export const fingerprint = (key: Buffer) =>
  `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;

/** Characters of a key's type that a message shows: those of SSH have up to 64 (RFC 4251, section 6). */
const MOST_OF_TYPE = 64;

/** For messages: which key the server showed. Its type is a text of the server's. @param mask for that. */
export const describeHostKey = (key: Buffer, mask: Mask = maskFor()) =>
  `${printable(shortened(mask(typeOfBlob(key)), MOST_OF_TYPE))} ${fingerprint(key)}`;

/** For messages: which keys it may show. */
export const describeTrusted = (lines: readonly string[]) =>
  lines.map((line) => describeHostKey(keyOfLine(line))).join(", ");

/** The key in `type base64`. */
export const keyOfLine = (line: string) => Buffer.from(line.trim().split(/\s+/)[1] ?? "", "base64");

/** Whether the server's key is, byte for byte, one of the trusted ones. */
export function isTrusted(key: Buffer, trustedHostKeys: readonly string[]): boolean {
  const line = hostKeyLine(key);
  return trustedHostKeys.some((trusted) => trusted.trim().split(/\s+/).slice(0, 2).join(" ") === line);
}
