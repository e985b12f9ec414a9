import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { noSshdReason } from "../../support/sshd";
import { debianServer } from "./debian-server";
import { openSsh } from "./openssh";
import { SERVER_USER, USERNAME } from "./server-place";

const MYSECURESHELL = "/usr/bin/mysecureshell";
/** The one place where it looks for its settings. */
const SETTINGS = "/etc/ssh/sftp_config";

/** For its processes alone, files of its own take the place of two of the machine's. */
const noMountsReason =
  spawnSync("unshare", ["--mount", "true"]).status === 0 ? undefined : "no process may have mounts of its own here";

/**
 * The login shell of users who see their home alone.
 * @param limits further lines of its settings; those of its package are not taken.
 */
export const mySecureShell = (limits: readonly string[]) =>
  debianServer({
    title: "MySecureShell over OpenSSH",
    package: "mysecureshell",
    files: [MYSECURESHELL, SETTINGS],
    unavailable: noSshdReason ?? noMountsReason,
    login: "key",
    jailed: true,
    program: async (place, port) => {
      const { folder, root } = place;
      const { uid, gid } = SERVER_USER;
      const users = join(folder, "passwd");
      const user = `${USERNAME}:*:${uid}:${gid}::${root}:${MYSECURESHELL}\n`;
      await writeFile(users, user + (await readFile("/etc/passwd", "utf8")));
      const settings = join(folder, "sftp_config");
      await writeFile(
        settings,
        `<Default>\nHome ${root}\nStayAtHome true\nVirtualChroot true\n${limits.join("\n")}\n</Default>\n`,
      );
      const { file, args } = await openSsh(place, port, "/usr/lib/openssh/sftp-server");
      const mount = `mount --bind "$1" /etc/passwd && mount --bind "$2" ${SETTINGS} && shift 2 && exec "$@"`;
      return { file: "unshare", args: ["--mount", "sh", "-c", mount, "sh", users, settings, file, ...args], port };
    },
  });

export const MYSECURESHELL_OVER_OPENSSH = mySecureShell([]);
