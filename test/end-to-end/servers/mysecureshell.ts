import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { debianServer } from "./debian-server";
import { noLoginShellReason, openSshWithShell } from "./login-shell";

const MYSECURESHELL = "/usr/bin/mysecureshell";
/** The one place where it looks for its settings. */
const SETTINGS = "/etc/ssh/sftp_config";

/**
 * The login shell of users who see their home alone.
 * @param limits further lines of its settings; those of its package are not taken.
 */
export const mySecureShell = (limits: readonly string[]) =>
  debianServer({
    title: "MySecureShell over OpenSSH",
    package: "mysecureshell",
    files: [MYSECURESHELL, SETTINGS],
    unavailable: noLoginShellReason,
    login: "key",
    jailed: true,
    program: async (place, port) => {
      const settings = join(place.folder, "sftp_config");
      await writeFile(
        settings,
        `<Default>\nHome ${place.root}\nStayAtHome true\nVirtualChroot true\n${limits.join("\n")}\n</Default>\n`,
      );
      return openSshWithShell(place, port, {
        shell: MYSECURESHELL,
        subsystem: "/usr/lib/openssh/sftp-server",
        files: [[SETTINGS, settings]],
      });
    },
  });

export const MYSECURESHELL_OVER_OPENSSH = mySecureShell([]);
