import { error, type Finding, type Parsed, warning } from "../problems/problem";
import { hostKeyBlobReason } from "./host-key-blob";
import { hostAndPort } from "./url";

/** Key types that SFTP connectors accept (Transfer API model). */
export const HOST_KEY_TYPES = ["ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"] as const;

/** Longest trusted host key of a connector, in characters (Transfer API model). */
const MAX_LENGTH = 2048;

const EXPECTED = "type and base64 on one line, such as ssh-rsa AAAAB3NzaC1yc2E...";

/**
 * One entry of `PublicKey` as `type base64`. Keys are never shown: what was pasted might be a private one. A line of
 * known_hosts, as ssh-keyscan prints it, begins with hosts: {@link hostsBeforeKey}.
 */
export function parseHostKey(written: string): Parsed<string> {
  const text = withoutCommentLines(written);
  const known = refusalOfKnownMistake(text);
  if (known !== undefined) {
    return { findings: [known] };
  }
  const words = text.trim().split(/\s+/);
  if (words.filter((word, index) => isKeyType(word) && isBlob(words[index + 1])).length > 1) {
    return { findings: [error("holds more than one key", { allowed: "one entry of the list for each key" })] };
  }
  const start = hostsBeforeKey(text) === undefined ? 0 : 1;
  const [type, blob] = words.slice(start);
  if (!isHostKeyType(type) || blob === undefined) {
    return { findings: [error("is not an SSH public key", { allowed: EXPECTED })] };
  }
  const value = `${type} ${blob}`;
  const reason = value.length > MAX_LENGTH ? `is longer than ${MAX_LENGTH} characters` : hostKeyBlobReason(type, blob);
  if (reason !== undefined) {
    return { findings: [error(reason, { allowed: EXPECTED })] };
  }
  const removed = [
    ...(text === written ? [] : ["the comment above the key"]),
    ...(words.length === start + 2 ? [] : ["the comment after the key"]),
  ];
  return {
    value,
    findings: removed.map((what) => warning(`${what} was removed`, { allowed: "type and base64 alone" })),
  };
}

/** What stands before a key in a line of known_hosts: whom it is about. Undefined where the entry begins with the key. */
export function hostsBeforeKey(written: string): string | undefined {
  const [first, second] = withoutCommentLines(written).trim().split(/\s+/);
  return !isHostKeyType(first) && isHostKeyType(second) ? first : undefined;
}

/** `# host:22 SSH-2.0-...`, which ssh-keyscan writes above each key. */
function withoutCommentLines(text: string): string {
  const lines = text.split(/[\n\r\u2028\u2029]/);
  const kept = lines.filter((line) => !/^\s*#/.test(line));
  return kept.length === lines.length ? text : kept.join("\n");
}

/** The one error of a definition without keys; it says how to obtain them from this very server. */
export function missingHostKeys(url: string | undefined): Finding {
  return error("the server's trusted host keys are missing", {
    allowed: `1 to 10 keys; obtain them with \`${keyscanCommand(url)}\`, and compare them with the server's owner`,
  });
}

function keyscanCommand(url: string | undefined): string {
  if (url === undefined) {
    return "ssh-keyscan -t rsa,ecdsa HOST";
  }
  const { host, port } = hostAndPort(url);
  return `ssh-keyscan ${port === 22 ? "" : `-p ${port} `}-t rsa,ecdsa ${host}`;
}

function isHostKeyType(word: string | undefined): word is (typeof HOST_KEY_TYPES)[number] {
  return HOST_KEY_TYPES.some((type) => type === word);
}

/** Of any kind, whether or not connectors take it. */
function isKeyType(word: string): boolean {
  return /^(sk-)?(ssh|ecdsa)-/.test(word);
}

/** Every blob begins with the length of its type, whose first two bytes are 0. */
function isBlob(word: string | undefined): boolean {
  return word?.startsWith("AAAA") ?? false;
}

const MISTAKES: readonly (readonly [pattern: RegExp, message: string, allowed: string])[] = [
  [
    /PRIVATE KEY|PuTTY-User-Key/,
    "is a private key: it must not be in a file, and is to be replaced",
    "the server's public host key, from ssh-keyscan",
  ],
  [/PUBLIC KEY/, "is a public key in another format", `${EXPECTED}; ssh-keygen -i -f FILE converts it`],
  [
    /^\s*([A-Za-z0-9-]+="|(no-(agent-forwarding|port-forwarding|pty|user-rc|X11-forwarding|touch-required)|restrict|cert-authority|verify-required)[,\s])/,
    "begins with options of authorized_keys: this is a user's key, and not the server's",
    "the server's public host key, from ssh-keyscan",
  ],
  [
    /^\s*@/,
    "carries a marker of known_hosts: a revoked key is not to be trusted, and the connector knows no authorities",
    EXPECTED,
  ],
  [
    /^\s*([^\s]+\s+)?(sk-)?ssh-ed25519(@\S*)?(\s|$)/,
    "is an ed25519 key, which SFTP connectors do not support",
    "the server's RSA or ECDSA key: ssh-keyscan -t rsa,ecdsa HOST",
  ],
  [
    /^\s*([^\s]+\s+)?(ssh-dss|sk-ecdsa\S*)(\s|$)/,
    "is of a type that SFTP connectors do not support",
    `one of ${HOST_KEY_TYPES.join(", ")}`,
  ],
  [/^\s*([^\s]+\s+)?\S+-cert-v\d+@/, "is a certificate, and the connector knows no authorities", EXPECTED],
  [/^\s*([^\s]+\s+)?rsa-sha2-(256|512)\s/, "names a signature algorithm; the key's type is ssh-rsa", EXPECTED],
  [/^\s*(SHA256|MD5):/, "is a fingerprint, not the key", EXPECTED],
];

function refusalOfKnownMistake(text: string): Finding | undefined {
  const mistake = MISTAKES.find(([pattern]) => pattern.test(text));
  return mistake === undefined ? undefined : error(mistake[1], { allowed: mistake[2] });
}
