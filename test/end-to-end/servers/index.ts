import { ASYNCSSH } from "./asyncssh";
import { CONCH } from "./conch";
import type { DebianServer } from "./debian-server";
import { DROPBEAR_WITH_SFTP_SERVER } from "./dropbear";
import { ERLANG_SSH } from "./erlang";
import { MYSECURESHELL_OVER_OPENSSH } from "./mysecureshell";
import { OPENSSH } from "./openssh";
import { PARAMIKO } from "./paramiko";
import { PROFTPD_MOD_SFTP } from "./proftpd";
import { RCLONE_SERVERS } from "./rclone";
import { GREEN_END_OVER_OPENSSH, PERL_SFTP_SERVER_OVER_OPENSSH } from "./subsystems";

/** In the order of the tables. */
export const DEBIAN_SERVERS: readonly DebianServer[] = [
  OPENSSH,
  DROPBEAR_WITH_SFTP_SERVER,
  MYSECURESHELL_OVER_OPENSSH,
  GREEN_END_OVER_OPENSSH,
  PERL_SFTP_SERVER_OVER_OPENSSH,
  PROFTPD_MOD_SFTP,
  ...RCLONE_SERVERS,
  ASYNCSSH,
  PARAMIKO,
  CONCH,
  ERLANG_SSH,
];
