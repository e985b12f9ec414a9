import { connect } from "node:net";
import { DEFAULT_SECURITY_POLICY } from "../../../config/fields/security-policy";
import type { SftpCredentials } from "../../../local/transfer/remote-server";
import { securityPolicy } from "../../../local/transfer/security-policies";
import { connectSftp } from "../../../local/transfer/sftp-connection";
import type { DebianServer } from "./debian-server";
import { PASSWORD, type ServerPlace, USERNAME } from "./server-place";

/** Logs in by the one way that a server should take, once for each host key. @returns the types of those that it has. */
export async function logIn(server: DebianServer, { hostPublicKeys, clientKey }: ServerPlace, url: string) {
  const credentials: SftpCredentials =
    server.login === "password"
      ? { username: USERNAME, password: PASSWORD }
      : { username: USERNAME, privateKey: clientKey.private };
  const policy = securityPolicy(DEFAULT_SECURITY_POLICY);
  const { signal } = new AbortController();
  const shown: string[] = [];
  for (const key of hostPublicKeys) {
    const onHostKey = () => shown.push(key.split(" ")[0] ?? "");
    const connection = await connectSftp({ url, policy, credentials, trustedHostKeys: [key] }, { signal, onHostKey });
    connection.close();
  }
  return shown;
}

/** A server that has not greeted by then lets the connection wait. */
const PATIENCE_MS = 5_000;

/** How many of so many connections a server greets at the same time, none of which logs in. */
export async function greeted(port: number, asked: number): Promise<number> {
  const sockets = Array.from({ length: asked }, () => connect(port, "127.0.0.1"));
  const answers = sockets.map(
    (socket) =>
      new Promise<boolean>((resolve) => {
        socket.setTimeout(PATIENCE_MS, () => socket.destroy());
        socket.once("data", () => resolve(true));
        socket.once("close", () => resolve(false));
        socket.on("error", () => undefined); // `close` follows.
      }),
  );
  const count = (await Promise.all(answers)).filter(Boolean).length;
  for (const socket of sockets) {
    socket.destroy();
  }
  return count;
}
