import { Client, type ConnectConfig, type SFTPWrapper } from "ssh2";
import { connectFailure, noHostKey } from "./connect-failure";
import { hostKeyAlgorithms, isTrusted } from "./host-keys";
import { loginMethods } from "./login-methods";
import { parseRemoteAddress } from "./remote-address";
import { RemoteFailure } from "./remote-failure";
import type { RemoteServer } from "./remote-server";

/** For TCP, key exchange and authentication together. */
const READY_TIMEOUT_MS = 20_000;
/** A server that is silent for three of these is gone. */
const KEEPALIVE_MS = 15_000;

/** An SFTP session on a connection of its own. */
export interface SftpConnection {
  readonly sftp: SFTPWrapper;
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>;
  isOpen(): boolean;
  close(): void;
}

function connectConfig(server: RemoteServer, seen: { hostKey?: Buffer }): ConnectConfig {
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
  return {
    ...(server.dial === undefined ? address : { sock: server.dial(address) }),
    username,
    ...(password === undefined ? {} : { password, tryKeyboard: true }),
    ...(privateKey === undefined ? {} : { privateKey }),
    authHandler: loginMethods(),
    algorithms: { cipher: [...cipher], kex: [...kex], hmac: [...hmac], serverHostKey: hostKeys },
    hostVerifier: (key: Buffer) => {
      seen.hostKey = key;
      return isTrusted(key, server.trustedHostKeys);
    },
    readyTimeout: READY_TIMEOUT_MS,
    keepaliveInterval: KEEPALIVE_MS,
    keepaliveCountMax: 3,
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
  const seen: { hostKey?: Buffer } = {};
  const config = connectConfig(server, seen);
  const client = new Client();
  client.on("error", () => client.destroy()); // What goes wrong later fails the operation under way.
  const abort = () => client.destroy();
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
    await ready(client, config);
    const sftp = await openSftp(client);
    return { sftp, closed, isOpen: () => open, close: () => client.destroy() };
  } catch (error) {
    options.signal.removeEventListener("abort", abort);
    client.destroy();
    throw connectFailure(error, server, seen.hostKey);
  } finally {
    if (seen.hostKey !== undefined) {
      options.onHostKey?.(seen.hostKey);
    }
  }
}

function ready(client: Client, config: ConnectConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once("ready", resolve);
    client.once("error", reject);
    client.once("close", () => reject(new Error("The server closed the connection before the login was complete")));
    client.on("keyboard-interactive", (_name, _instructions, _language, prompts, answer) => {
      answer(prompts.map(() => config.password ?? ""));
    });
    client.connect(config); // Throws for a private key that it cannot read.
    // SFTP asks and waits: Nagle's algorithm and delayed acknowledgements would add 40 ms to every small request.
    client.setNoDelay(true);
  });
}

async function openSftp(client: Client): Promise<SFTPWrapper> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<SFTPWrapper>((resolve, reject) => {
      const fail = (message: string) => reject(new RemoteFailure("CONNECTION_ERROR", message));
      timer = setTimeout(fail, READY_TIMEOUT_MS, "The server did not open an SFTP session in time");
      client.once("close", () => fail("The server closed the connection instead of opening an SFTP session"));
      client.sftp((error, sftp) => {
        if (error) {
          fail(`The server opens no SFTP session: ${error.message}`);
          return;
        }
        sftp.on("error", () => client.destroy());
        resolve(sftp);
      });
    });
  } finally {
    clearTimeout(timer);
  }
}
