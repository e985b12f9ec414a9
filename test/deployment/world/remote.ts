import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { REMOTE_SERVERS, type RemoteServer } from "../../end-to-end/remote-servers";

const AVAILABLE = REMOTE_SERVERS.filter(({ unavailable }) => unavailable === undefined);

/** An SFTP server in this process, with a password. */
export function startRemote(): Promise<RemoteServer> {
  return started(AVAILABLE.at(0));
}

/** OpenSSH's sshd with a private key; where it cannot be had, one in this process. */
export function startForeignRemote(): Promise<RemoteServer> {
  return started(AVAILABLE.at(-1));
}

function started(kind: (typeof AVAILABLE)[number] | undefined): Promise<RemoteServer> {
  if (kind === undefined) {
    throw new Error("There is no SFTP server to start");
  }
  return kind.start();
}

/** Writes a file below the remote server's folder. */
export async function writeRemoteFile({ root }: RemoteServer, path: string, content: string): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
