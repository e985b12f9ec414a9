import { connect as connectTcp } from "node:net";
import { Client, type ServerHostKeyAlgorithm } from "ssh2";
import { SECURITY_POLICIES } from "../../config/fields/security-policy";
import { connectFailure } from "./connect-failure";
import { Farewell } from "./farewell";
import { Greeting } from "./greeting";
import { HOST_KEY_ALGORITHMS, hostKeyLine, typeOfBlob } from "./host-keys";
import { Login } from "./login";
import { parseRemoteAddress } from "./remote-address";
import { RemoteFailure } from "./remote-failure";
import { maskFor } from "./secret-words";
import { type SecurityPolicy, securityPolicy } from "./security-policies";
import { READY_TIMEOUT_MS } from "./sftp-connection";

/** A host key that a server showed. Whether it is the server's own is for a person to tell, by its fingerprint. */
export interface ShownHostKey {
  readonly type: string;
  /** `type base64`. */
  readonly line: string;
  /** Those of its signature algorithms that the server offers. */
  readonly signatures: readonly string[];
}

/** Types that connectors do not take: whoever knows one of these from elsewhere is to see that it is the same server. */
const OTHER_ALGORITHMS: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  "ssh-ed25519": ["ssh-ed25519"],
};

const ALGORITHMS = { ...HOST_KEY_ALGORITHMS, ...OTHER_ALGORITHMS };

/** ssh2 does not connect without one. It is never sent. */
const NOBODY = "nobody";

/** How ssh2's debugging output tells which algorithms the server has for its host keys. */
const OFFERED = /^Handshake: \(remote\) Host key format: (.*)$/;

interface Answer {
  /** Absent where the server has none of the algorithms that were asked for. */
  readonly key?: Buffer;
  /** The server's own; absent where it told none. */
  readonly offered?: readonly string[];
}

/**
 * All host keys of a server, one of each type: those that connectors take come first. Each is shown in a connection of its own,
 * which ends as soon as the key is there, before anybody would log in: neither a user nor a password is sent.
 * @param url `host` or `host:port`.
 * @param signal ends the connection, and so fails the call.
 * @throws RemoteFailure for a server that cannot be reached, or speaks something else.
 * @returns none where the server has no key of a known type.
 */
export async function shownHostKeys(url: string, signal: AbortSignal): Promise<ShownHostKey[]> {
  const first = await ask(url, Object.values(ALGORITHMS).flat(), signal);
  const { offered } = first;
  const shown = new Map(first.key === undefined ? [] : [[typeOfBlob(first.key), first.key]]);
  for (const [type, algorithms] of Object.entries(ALGORITHMS)) {
    const wanted = algorithms.filter((algorithm) => offered?.includes(algorithm) ?? true);
    if (wanted.length > 0 && !shown.has(type)) {
      const { key } = await ask(url, wanted, signal);
      if (key !== undefined) {
        shown.set(typeOfBlob(key), key);
      }
    }
  }
  return Object.entries(ALGORITHMS).flatMap(([type, algorithms]) => {
    const key = shown.get(type);
    const signatures = algorithms.filter((algorithm) => offered?.includes(algorithm) ?? true);
    return key === undefined ? [] : [{ type, line: hostKeyLine(key), signatures }];
  });
}

/** What any of the policies allows: a key is a key, whichever of them a connector is to have. */
function anyPolicy(): SecurityPolicy {
  const policies = SECURITY_POLICIES.map(securityPolicy);
  return {
    name: "any security policy for SFTP connectors",
    cipher: [...new Set(policies.flatMap(({ cipher }) => cipher))],
    kex: [...new Set(policies.flatMap(({ kex }) => kex))],
    hmac: [...new Set(policies.flatMap(({ hmac }) => hmac))],
    serverHostKey: [],
  };
}

async function ask(
  url: string,
  serverHostKey: readonly ServerHostKeyAlgorithm[],
  signal: AbortSignal,
): Promise<Answer> {
  const address = parseRemoteAddress(url);
  if (address === undefined) {
    throw new RemoteFailure("CONNECTION_ERROR", `This is not host or host:port: ${url}`);
  }
  const policy = anyPolicy();
  const sock = connectTcp({ host: address.host, port: address.port });
  const client = new Client();
  const end = () => {
    client.destroy();
    sock.destroy();
  };
  sock.on("error", () => undefined); // The client tells of it.
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) {
    end();
  }
  const mask = maskFor(); // No credentials are known here.
  const farewell = new Farewell(mask);
  const seen = { login: new Login(undefined, mask), farewell, greeting: new Greeting(sock, end, mask), mask };
  let key: Buffer | undefined;
  let offered: readonly string[] | undefined;
  const { cipher, kex, hmac } = policy;
  try {
    await new Promise<void>((resolve, reject) => {
      client.on("error", reject);
      client.once("close", () => reject(new Error("The server closed the connection before it showed its host key")));
      client.connect({
        sock,
        username: NOBODY,
        algorithms: { cipher: [...cipher], kex: [...kex], hmac: [...hmac], serverHostKey: [...serverHostKey] },
        hostVerifier: (shown: Buffer) => {
          key = shown;
          resolve();
          return false; // Nothing is sent after it.
        },
        readyTimeout: READY_TIMEOUT_MS,
        debug: (message) => {
          seen.farewell.hear(message);
          offered = OFFERED.exec(message)?.[1]?.split(",") ?? offered;
        },
      });
    });
  } catch (error) {
    if (!(error instanceof Error && /no matching host key/i.test(error.message))) {
      throw connectFailure(error, { url, trustedHostKeys: [], policy, credentials: undefined }, seen);
    }
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
  return { ...(key === undefined ? {} : { key }), ...(offered === undefined ? {} : { offered }) };
}
