import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { debianServer } from "./debian-server";
import { SERVER_USER, USERNAME, writePrivate } from "./server-place";

const PROFTPD = "/usr/sbin/proftpd";
const SSH_KEYGEN = "/usr/bin/ssh-keygen";

/**
 * With users of its own, each in the folder that is served.
 * @param limits further lines of its configuration.
 */
export const proFtpd = (limits: readonly string[]) =>
  debianServer({
    title: "ProFTPD mod_sftp",
    package: "proftpd-mod-crypto",
    files: [PROFTPD, "/usr/lib/proftpd/mod_sftp.so", SSH_KEYGEN],
    unavailable: SERVER_USER.uid === undefined ? "it needs root here" : undefined,
    login: "key",
    jailed: true,
    program: async ({ root, folder, hostKeyFiles, clientKey }, port) => {
      const { uid, gid } = SERVER_USER;
      const users = await writePrivate(join(folder, "users"), `${USERNAME}:*:${uid}:${gid}::${root}:/bin/false\n`);
      const keys = await writePrivate(join(folder, "rfc4716_keys"), await asRfc4716(folder, clientKey.public));
      const config = join(folder, "proftpd.conf");
      await writeFile(
        config,
        [
          "ModulePath /usr/lib/proftpd",
          "LoadModule mod_sftp.c",
          "ServerType standalone",
          "DefaultAddress 127.0.0.1",
          `Port ${port}`,
          "UseIPv6 off",
          "User nobody",
          "Group nogroup",
          "DefaultRoot ~",
          "RequireValidShell off",
          "UseFtpUsers off", // The list of those who may not log in has this one.
          "AuthOrder mod_auth_file.c",
          `AuthUserFile ${users}`,
          "DelayEngine off",
          "WtmpLog off",
          "TransferLog none",
          `SystemLog ${join(folder, "log")}`,
          `PidFile ${join(folder, "pid")}`,
          `ScoreboardFile ${join(folder, "scoreboard")}`,
          "SFTPEngine on",
          ...hostKeyFiles.map((file) => `SFTPHostKey ${file}`),
          `SFTPAuthorizedUserKeys file:${keys}`,
          "SFTPAuthMethods publickey",
          ...limits,
          "",
        ].join("\n"),
      );
      return { file: PROFTPD, args: ["--nodaemon", "--config", config], port };
    },
  });

export const PROFTPD_MOD_SFTP = proFtpd([]);

/** The form of public keys that mod_sftp reads. */
async function asRfc4716(folder: string, publicKey: string): Promise<string> {
  const file = join(folder, "client.pub");
  await writeFile(file, `${publicKey}\n`);
  return (await promisify(execFile)(SSH_KEYGEN, ["-e", "-m", "RFC4716", "-f", file])).stdout;
}
