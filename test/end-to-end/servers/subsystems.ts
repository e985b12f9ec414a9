import { chown, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { debianServer } from "./debian-server";
import { noLoginShellReason, openSshWithShell } from "./login-shell";
import { SERVER_USER } from "./server-place";

const GREEN_END = "/usr/libexec/gesftpserver";
const PERL_MODULE = "/usr/share/perl5/Net/SFTP/SftpServer.pm";

/** Speaks later versions of SFTP too. Its users see the whole file system. */
export const GREEN_END_OVER_OPENSSH = debianServer({
  title: "Green End over OpenSSH",
  package: "gesftpserver",
  files: [GREEN_END],
  unavailable: noLoginShellReason,
  login: "key",
  jailed: false,
  program: (place, port) => openSshWithShell(place, port, { shell: "/bin/sh", subsystem: GREEN_END }),
});

/** A Perl module. Its users see one folder alone, and no link. */
export const PERL_SFTP_SERVER_OVER_OPENSSH = debianServer({
  title: "Net::SFTP::SftpServer over OpenSSH",
  package: "libnet-sftp-sftpserver-perl",
  files: [PERL_MODULE],
  unavailable: noLoginShellReason,
  login: "key",
  jailed: true,
  program: async (place, port) => {
    const { uid, gid } = SERVER_USER;
    if (uid !== undefined) {
      await chown(place.root, uid, gid); // It serves no folder but its user's own.
    }
    // It takes a folder below HOME as it is, and any other as the one in which users have their folders.
    const script = join(place.folder, "sftp.pl");
    const folder = `Net::SFTP::SftpServer->new(home => '${place.root}')->run();`;
    await writeFile(
      script,
      `BEGIN { $ENV{HOME} = '${dirname(place.root)}'; }\nuse Net::SFTP::SftpServer;\n${folder}\n`,
    );
    return openSshWithShell(place, port, { shell: "/bin/sh", subsystem: `/usr/bin/perl ${script}` });
  },
});
