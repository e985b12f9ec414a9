import { readFileSync } from "node:fs";
import { SSHD_TITLE, startSshd } from "../../../bench/servers/sshd";
import { startSftpServer } from "../../../local/sftp-server/sftp-server";
import type { SftpCredentials } from "../../../local/transfer/remote-server";

/** A running SFTP server, as a connector's settings describe it. */
export interface TestServer {
  readonly url: string;
  readonly trustedHostKeys: readonly string[];
  readonly credentials: SftpCredentials;
  /** What a remote path needs in front to lead into the served folder. */
  readonly base: string;
  close(): Promise<void>;
}

/** The servers that everything is tried on; `undefined` where one cannot run. */
export const SERVERS: Readonly<Record<string, (root: string) => Promise<TestServer | undefined>>> = {
  "the embedded server": async (root) => {
    const server = await startSftpServer({ root, username: "partner", password: "secret" });
    return {
      url: `${server.host}:${server.port}`,
      trustedHostKeys: server.hostPublicKeys,
      credentials: { username: "partner", password: "secret" },
      base: "",
      close: server.close,
    };
  },
  [SSHD_TITLE]: async (root) => {
    const sshd = await startSshd();
    return (
      sshd && {
        url: `127.0.0.1:${sshd.port}`,
        trustedHostKeys: sshd.hostPublicKeys,
        credentials: { username: sshd.username, privateKey: readFileSync(sshd.privateKeyFile, "utf8") },
        base: root,
        close: sshd.close,
      }
    );
  },
};
