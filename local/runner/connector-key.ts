import { createPrivateKey, type KeyObject } from "node:crypto";
import { utils } from "ssh2";
import { UserError } from "../errors/user-error";

/** A private key in the form that an SFTP connector takes. */
export interface ConnectorKey {
  readonly pem: string;
  /** What people should know of it. */
  readonly notes: readonly string[];
}

const OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";

/** Of ECDSA keys, by Node.js's names (Transfer Family user guide, "Security policies for SFTP connectors"). */
const CURVES: readonly string[] = ["prime256v1", "secp384r1", "secp521r1"];

/** Whether connectors take shorter RSA keys is documented nowhere; few servers do. */
const USUAL_RSA_BITS = 2048;

const ALLOWED = "an RSA or ECDSA key without passphrase";

/**
 * Brings a key into legacy PEM, the only form that connectors take (Transfer Family user guide, "Generate and format the SFTP
 * connector private key"): OpenSSH's own form and PKCS #8 are converted, in memory.
 * @param source names the key in messages, which never show its content.
 * @throws UserError for a key that no connector takes.
 */
export function connectorKey(text: string, source: string): ConnectorKey {
  const key = parsed(text.replaceAll("\r\n", "\n").trim(), source);
  const pem = legacyPem(key, source);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? USUAL_RSA_BITS;
  return {
    pem,
    notes: [
      ...(pem.trim() === text.replaceAll("\r\n", "\n").trim()
        ? []
        : ["The key was converted to the form that connectors take, PEM; its file stays as it is."]),
      ...(bits < USUAL_RSA_BITS
        ? [`The RSA key has ${bits} bits. Most servers want ${USUAL_RSA_BITS} or more, and so may the connector.`]
        : []),
    ],
  };
}

function parsed(text: string, source: string): KeyObject {
  if (/^(ssh-|ecdsa-)|-----BEGIN [A-Z ]*PUBLIC KEY-----/.test(text)) {
    throw unusable(source, "it is a public key", "name the private key, whose file has no .pub at its end");
  }
  try {
    return createPrivateKey(text.startsWith(OPENSSH) ? fromOpenSsh(text) : text);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    if (/encrypted|passphrase/i.test(`${words} ${text.slice(0, 100)}`)) {
      throw unusable(
        source,
        "it has a passphrase, which connectors cannot give",
        'make a copy without one: cp KEY COPY && ssh-keygen -p -N "" -f COPY; delete the copy afterwards',
      );
    }
    throw unusable(source, "it cannot be read as a private key", `name a file with ${ALLOWED}`);
  }
}

function fromOpenSsh(text: string): string {
  const key = utils.parseKey(text);
  if (key instanceof Error) {
    throw key;
  }
  // Ed25519 has no legacy form: the library shows OpenSSH's own, and what is told of it is its type.
  return key.getPrivatePEM();
}

function legacyPem(key: KeyObject, source: string): string {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === "rsa") {
    return String(key.export({ type: "pkcs1", format: "pem" }));
  }
  if (type === "ec" && CURVES.includes(details?.namedCurve ?? "")) {
    return String(key.export({ type: "sec1", format: "pem" }));
  }
  const kind = type === "ec" ? `ECDSA on ${details?.namedCurve}` : String(type);
  throw unusable(
    source,
    `its type is ${kind}`,
    `have the server's owner accept ${ALLOWED}: ssh-keygen -t rsa -b 4096 -m PEM -N "" -f FILE`,
  );
}

function unusable(source: string, why: string, next: string): UserError {
  return new UserError(`${source} is no key that an SFTP connector takes: ${why} (allowed: ${ALLOWED})`, { next });
}
