import type { Farewell } from "./farewell";
import type { Greeting } from "./greeting";
import { describeHostKey, describeTrusted, hostKeyTypes, isTrusted } from "./host-keys";
import type { Login } from "./login";
import { RemoteFailure } from "./remote-failure";
import type { RemoteServer } from "./remote-server";
import { type Mask, maskFor } from "./secret-words";
import { inBrief } from "./server-words";

const property = (error: unknown, name: "code" | "level"): unknown =>
  error instanceof Error && name in error ? Reflect.get(error, name) : undefined;

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there (connection refused)",
  ENOTFOUND: "there is no such host name",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "its network cannot be reached",
  ETIMEDOUT: "it does not answer",
  ECONNRESET: "it broke the connection off",
  EPIPE: "it broke the connection off",
};

/** How ssh2 says that it cannot go on with a login. */
const ENDED = "Not connected";

function tried({ credentials }: RemoteServer): string {
  const key = credentials?.privateKey === undefined ? [] : ["the private key"];
  const password = credentials?.password === undefined ? [] : ["the password"];
  return [...key, ...password].join(" and ") || "neither a private key nor a password";
}

/** A server, or a list of trusted keys, without a host key that the connector can verify. */
export function noHostKey({ url, trustedHostKeys, policy }: RemoteServer): RemoteFailure {
  return new RemoteFailure(
    "CONNECTION_ERROR",
    `Host key verification failed: ${url} has no host key of a trusted type (${hostKeyTypes(trustedHostKeys).join(", ")}) ` +
      `with a signature that ${policy.name} allows (${policy.serverHostKey.join(", ")})`,
  );
}

/** What is wrong with the key that a server shows, when it connects or exchanges keys again; `undefined`: it is trusted. */
export function untrustedHostKey(
  { url, trustedHostKeys, credentials }: RemoteServer,
  key: Buffer | undefined,
): string | undefined {
  return key === undefined || isTrusted(key, trustedHostKeys)
    ? undefined
    : `Host key verification failed: ${url} shows ${describeHostKey(key, maskFor(credentials))}, which is not a trusted host ` +
        `key (allowed: ${describeTrusted(trustedHostKeys)}). Ask the server's owner for all its RSA and ECDSA keys, and ` +
        "name each in PublicKey: which of them a connector on AWS is shown is documented nowhere";
}

/** What was seen of a server before a connection failed. */
export interface SeenServer {
  hostKey?: Buffer;
  greeting?: Greeting;
  readonly login: Login;
  readonly farewell: Farewell;
  readonly mask: Mask;
}

/** Says why no connection came about, and what to look at. What the server says of it passes the mask, and is one line. */
export function connectFailure(error: unknown, server: RemoteServer, seen: SeenServer): RemoteFailure {
  const { hostKey, greeting, login, farewell, mask } = seen;
  if (error instanceof RemoteFailure) {
    return error;
  }
  const message = inBrief(mask(error instanceof Error ? error.message : String(error)));
  const failure = (text: string, code: "CONNECTION_ERROR" | "TIMEOUT_ERROR" = "CONNECTION_ERROR") =>
    new RemoteFailure(code, text, { cause: error });

  const untrusted = untrustedHostKey(server, hostKey);
  if (untrusted !== undefined) {
    return failure(untrusted);
  }
  if (greeting?.notSsh !== undefined) {
    return failure(`Cannot connect to ${server.url}: ${greeting.notSsh}`);
  }
  if (login.unmetDemand !== undefined) {
    return failure(`Authentication failed: ${server.url}: ${login.unmetDemand}${login.told}`);
  }
  if (/no matching host key/i.test(message)) {
    return noHostKey(server);
  }
  const [, kind] = /no matching (?:[CS]->[CS] )?(key exchange algorithm|cipher|MAC)/.exec(message) ?? [];
  if (kind !== undefined) {
    return failure(`Cannot connect to ${server.url}: it has no ${kind} that ${server.policy.name} allows`);
  }
  if (property(error, "level") === "client-authentication") {
    return failure(
      `Authentication failed: ${server.url} refuses the user ${server.credentials?.username} with ${tried(server)}${login.told}${farewell.beside(message)}`,
    );
  }
  if (property(error, "level") === "client-timeout" || /timed out/i.test(message)) {
    return failure(`Cannot connect to ${server.url}: no answer in time`, "TIMEOUT_ERROR");
  }
  if (/cannot parse privatekey/i.test(message)) {
    return failure(`The private key cannot be used: ${message.replace(/^cannot parse privatekey: /i, "")}`);
  }
  const network =
    NETWORK[String(property(error, "code"))] ?? (message === ENDED ? "the server ended the connection" : undefined);
  return failure(`Cannot connect to ${server.url}: ${network ?? message}${farewell.beside(message)}`);
}
