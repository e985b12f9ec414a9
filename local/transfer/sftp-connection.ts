import { connect as connectTcp, type Socket } from "node:net";
import { Client, type ConnectConfig, type SFTPWrapper } from "ssh2";
import { explainBrokenPacket } from "./broken-packet";
import { connectFailure, noHostKey, type SeenServer, untrustedHostKey } from "./connect-failure";
import { Farewell } from "./farewell";
import { Greeting } from "./greeting";
import { hostKeyAlgorithms, isTrusted } from "./host-keys";
import { Login } from "./login";
import { parseRemoteAddress } from "./remote-address";
import { RemoteFailure } from "./remote-failure";
import type { RemoteServer } from "./remote-server";
import { type Mask, maskFor } from "./secret-words";
import { inBrief } from "./server-words";
import { sessionWords } from "./session-words";

/** For TCP, key exchange and authentication together. */
export const READY_TIMEOUT_MS = 20_000;
/** A server that is silent for three of these is gone. */
const KEEPALIVE_MS = 15_000;

/** An SFTP session on a connection of its own. */
export interface SftpConnection {
  readonly sftp: SFTPWrapper;
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>;
  isOpen(): boolean;
  /** What the server said when it ended the connection, or what was wrong with what it sent; undefined where nothing is known. */
  reason(): string | undefined;
  /** For what the server says in the session. */
  readonly mask: Mask;
  /** Sends what is written from now until the end of this turn of the event loop in one piece. */
  gather(): void;
  close(): void;
}

type Config = ConnectConfig & { readonly sock: Socket };

function connectConfig(server: RemoteServer, seen: SeenServer, onOther: () => void): Config {
  const address = parseRemoteAddress(server.url);
  if (address === undefined) {
    throw new RemoteFailure("CONNECTION_ERROR", `The Url is not host or host:port: ${server.url}`);
  }
  if (server.credentials === undefined) {
    throw new RemoteFailure("CONNECTION_ERROR", "There are no credentials for the remote server");
  }
  const { username, password, privateKey } = server.credentials;
  const { cipher, kex, hmac, serverHostKey } = server.policy;
  const hostKeys = hostKeyAlgorithms(server.trustedHostKeys, serverHostKey);
  if (hostKeys.length === 0) {
    throw noHostKey(server); // ssh2 would take any.
  }
  const sock = server.dial?.(address) ?? connectTcp({ host: address.host, port: address.port });
  sock.on("error", () => undefined); // The client tells of it, but for the time before it listens.
  seen.greeting = new Greeting(sock, onOther, seen.mask);
  return {
    sock,
    username,
    ...(password === undefined ? {} : { password, tryKeyboard: true }),
    ...(privateKey === undefined ? {} : { privateKey }),
    authHandler: (accepted, isPartialSuccess) => seen.login.next(accepted, isPartialSuccess),
    algorithms: { cipher: [...cipher], kex: [...kex], hmac: [...hmac], serverHostKey: hostKeys },
    hostVerifier: (key: Buffer) => {
      seen.hostKey = key;
      return isTrusted(key, server.trustedHostKeys);
    },
    readyTimeout: READY_TIMEOUT_MS,
    keepaliveInterval: KEEPALIVE_MS,
    keepaliveCountMax: 3,
    debug: (message) => seen.farewell.hear(message),
  };
}

export interface ConnectOptions {
  /** Ends the connection, made or in the making. */
  readonly signal: AbortSignal;
  /** Told the key that the server showed, also one that is not trusted. */
  onHostKey?(key: Buffer): void;
}

/**
 * Connects, verifies the host key against the trusted ones before anything secret is sent, authenticates, opens SFTP.
 * @throws RemoteFailure that says what a person can do about it
 */
export async function connectSftp(server: RemoteServer, options: ConnectOptions): Promise<SftpConnection> {
  const mask = maskFor(server.credentials);
  const login = new Login(server.credentials?.password, mask);
  const seen: SeenServer = { login, farewell: new Farewell(mask), mask };
  const client = new Client();
  const config = connectConfig(server, seen, () => abort());
  // The client leaves a socket alone of which the server has ended its half.
  const abort = () => {
    client.destroy();
    config.sock.destroy();
  };
  let reason: string | undefined;
  const end = (error: Error) => {
    reason ??= untrustedHostKey(server, seen.hostKey) ?? inBrief(mask(explainBrokenPacket(error.message)));
    abort(); // What is under way fails.
  };
  client.on("error", end);
  options.signal.addEventListener("abort", abort);
  let open = true;
  const closed = new Promise<void>((resolve) => {
    client.once("close", () => {
      open = false;
      options.signal.removeEventListener("abort", abort);
      resolve();
    });
  });
  try {
    await ready(client, config, login);
    const sftp = await openSftp(client, seen, end);
    return {
      sftp,
      closed,
      mask,
      isOpen: () => open,
      reason: () => reason ?? seen.farewell.words,
      gather: () => {
        config.sock.cork();
        process.nextTick(() => config.sock.uncork());
      },
      close: abort,
    };
  } catch (error) {
    options.signal.removeEventListener("abort", abort);
    abort();
    throw connectFailure(error, server, seen);
  } finally {
    if (seen.hostKey !== undefined) {
      options.onHostKey?.(seen.hostKey);
    }
  }
}

function ready(client: Client, config: ConnectConfig, login: Login): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once("ready", resolve);
    client.once("error", reject);
    client.once("close", () => reject(new Error("The server closed the connection before the login was complete")));
    client.on("banner", (message) => login.hear(message));
    client.on("keyboard-interactive", (_name, instructions, _language, prompts, send) => {
      const answers = login.answer(instructions, prompts);
      if (answers === undefined) {
        client.destroy();
      } else {
        send(answers);
      }
    });
    client.on("change password", (prompt) => {
      login.mustChange(prompt);
      client.destroy();
    });
    client.connect(config); // Throws for a private key that it cannot read.
    // SFTP asks and waits: Nagle's algorithm and delayed acknowledgements would add 40 ms to every small request.
    client.setNoDelay(true);
  });
}

/** @param onError ends the connection for an error of the SFTP stream. */
async function openSftp(
  client: Client,
  { farewell, mask }: SeenServer,
  onError: (error: Error) => void,
): Promise<SFTPWrapper> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<SFTPWrapper>((resolve, reject) => {
      // What the server says of a refusal is still heard once it has ended the connection.
      let isRefused = false;
      const fail = (message: string) => reject(new RemoteFailure("CONNECTION_ERROR", message));
      const end = (message: string) => isRefused || fail(message);
      timer = setTimeout(fail, READY_TIMEOUT_MS, "The server did not open an SFTP session in time");
      client.once("error", (error) => end(`The server ended the connection: ${inBrief(mask(error.message))}`));
      client.once("close", () => {
        end(`The server closed the connection instead of opening an SFTP session${farewell.beside("")}`);
      });
      client.sftp((error, sftp) => {
        if (error) {
          isRefused = true;
          void explainRefusal(client, error, mask).then(fail);
          return;
        }
        sftp.on("error", onError);
        resolve(sftp);
      });
    });
  } finally {
    clearTimeout(timer);
  }
}

async function explainRefusal(client: Client, error: Error, mask: Mask): Promise<string> {
  const words = await sessionWords(client, mask);
  const told = words === undefined ? "" : `; it says ${words}`;
  return `The server opens no SFTP session: ${inBrief(mask(explainBrokenPacket(error.message)))}${told}`;
}
