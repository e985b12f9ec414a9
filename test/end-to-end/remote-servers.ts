import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noSshdReason, SSHD_TITLE, startSshd } from "../../bench/servers/sshd";
import { credentialsFrom } from "../../local/runner/credentials";
import { startSftpServer } from "../../local/sftp-server/sftp-server";
import type { SftpCredentials } from "../../local/transfer/remote-server";

/** A real SFTP server over a folder of this machine. */
export interface RemoteServer {
  readonly url: string;
  readonly hostPublicKeys: readonly string[];
  readonly credentials: SftpCredentials;
  /** Where the folder lies on this machine. */
  readonly root: string;
  /** What stands before a path below the folder, as the server's clients see it. */
  readonly base: string;
  close(): Promise<void>;
}

export interface RemoteServerKind {
  readonly name: string;
  /** Why it cannot be started here. */
  readonly unavailable: string | undefined;
  start(): Promise<RemoteServer>;
}

/** With a password. */
export const EMBEDDED: RemoteServerKind = {
  name: "an SFTP server in the test's process",
  unavailable: undefined,
  start: startEmbedded,
};

/** With a private key. */
const OPENSSH: RemoteServerKind = { name: SSHD_TITLE, unavailable: noSshdReason, start: startOpenSsh };

/** Those that tests run against: the server in the process, which scenarios use, only where there is no foreign one. */
export const REMOTE_SERVERS: readonly RemoteServerKind[] =
  OPENSSH.unavailable === undefined ? [OPENSSH] : [EMBEDDED, OPENSSH];

/** Of those that can be had here, the one that is least of our own making. */
export const MOST_FOREIGN = OPENSSH.unavailable === undefined ? OPENSSH : EMBEDDED;

async function startEmbedded(): Promise<RemoteServer> {
  const root = await mkdtemp(join(tmpdir(), "remote-"));
  const credentials = { username: "partner", password: "correct horse" };
  const server = await startSftpServer({ root, ...credentials });
  return {
    url: `127.0.0.1:${server.port}`,
    hostPublicKeys: server.hostPublicKeys,
    credentials,
    root,
    base: "",
    close: async () => {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Its users see the whole file system, so the folder's own path comes first. */
async function startOpenSsh(): Promise<RemoteServer> {
  const server = await startSshd();
  if (server === undefined) {
    throw new Error(noSshdReason);
  }
  const root = await mkdtemp(join(tmpdir(), "remote-"));
  const { credentials } = await credentialsFrom({
    SFTP_USERNAME: server.username,
    SFTP_PRIVATE_KEY_FILE: server.privateKeyFile,
  });
  if (credentials === undefined) {
    throw new Error("the private key gives no credentials");
  }
  return {
    url: `127.0.0.1:${server.port}`,
    hostPublicKeys: server.hostPublicKeys,
    credentials,
    root,
    base: root,
    close: async () => {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
