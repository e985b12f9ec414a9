import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { Server } from "ssh2";
import { hostKeysOfThisProcess, publicKeyOf } from "./host-keys";
import { Jail } from "./jail";
import { createLogin, type LoginOptions } from "./login";
import { SftpSession } from "./sftp-session";

export interface SftpServerOptions extends LoginOptions {
  /** The folder that clients see as `/`. */
  readonly root: string;
  /** 0, the default: any free one. */
  readonly port?: number;
  /** Private keys; by default an RSA and an ECDSA key, which are new with each process. */
  readonly hostKeys?: readonly string[];
}

export interface SftpServer {
  readonly host: string;
  readonly port: number;
  /** `type base64`, as a definition's `PublicKey` takes them. */
  readonly hostPublicKeys: readonly string[];
  /** Connections so far, and those open now. */
  connections(): { readonly total: number; readonly open: number };
  /** Breaks all open connections off; new ones are accepted. */
  disconnectClients(): void;
  close(): Promise<void>;
}

/**
 * An SFTP server for demonstrations and tests: one user, one folder, for reading only, on the loopback interface.
 */
export async function startSftpServer(options: SftpServerOptions): Promise<SftpServer> {
  const jail = await Jail.of(options.root);
  const hostKeys = options.hostKeys ?? hostKeysOfThisProcess();
  const login = createLogin(options);
  const sockets = new Set<Socket>();
  let total = 0;

  const ssh = new Server({ hostKeys: [...hostKeys] }, (client) => {
    client.on("error", () => undefined); // Scans and broken connections.
    client.on("authentication", login);
    client.on("session", (acceptSession) => {
      acceptSession().on("sftp", (acceptSftp) => new SftpSession(acceptSftp(), jail));
    });
  });
  // A listener of our own, since ssh2's gives no way to break connections off at once.
  // Without noDelay, an answer waits 40 ms for the client's delayed acknowledgement of the one before.
  const listener = createServer({ noDelay: true }, (socket) => {
    total += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    ssh.injectSocket(socket);
  });
  listener.listen(options.port ?? 0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") {
    throw new Error("The SFTP server has no port");
  }

  const disconnectClients = () => {
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  return {
    host: "127.0.0.1",
    port: address.port,
    hostPublicKeys: hostKeys.map(publicKeyOf),
    connections: () => ({ total, open: sockets.size }),
    disconnectClients,
    close: async () => {
      const closed = once(listener, "close");
      listener.close();
      disconnectClients();
      await closed;
    },
  };
}
