import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ServerProgram } from "../../../bench/servers/server-process";
import { noSshdReason, sshdProgram } from "../../../bench/servers/sshd";
import { debianServer } from "./debian-server";
import type { ServerPlace } from "./server-place";

/** Its users see the whole file system. */
export const OPENSSH = debianServer({
  title: "OpenSSH",
  package: "openssh-server",
  files: [],
  unavailable: noSshdReason,
  login: "key",
  jailed: false,
  program: (place, port) => openSsh(place, port, "internal-sftp"),
});

/** @param subsystem what serves SFTP. */
export async function openSsh(place: ServerPlace, port: number, subsystem: string): Promise<ServerProgram> {
  const { folder, hostKeyFiles, clientKey } = place;
  const authorizedKeysFile = join(folder, "authorized_keys");
  await writeFile(authorizedKeysFile, clientKey.public);
  return sshdProgram({ port, folder, hostKeyFiles, authorizedKeysFile, subsystem });
}
