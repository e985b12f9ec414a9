import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ServerProgram } from "../../../bench/servers/server-process";
import { noSshdReason } from "../../../bench/servers/sshd";
import { openSsh } from "./openssh";
import { SERVER_USER, type ServerPlace, USERNAME } from "./server-place";

/** Why no server can be started here whose user is to have another login shell than the machine's. */
export const noLoginShellReason =
  noSshdReason ??
  (spawnSync("unshare", ["--mount", "true"]).status === 0 ? undefined : "no process may have mounts of its own here");

/**
 * OpenSSH, whose user has a shell and a home of their own. For its processes alone, files of its own take the place of the
 * machine's.
 * @param files of the machine, each with the one that takes its place.
 */
export async function openSshWithShell(
  place: ServerPlace,
  port: number,
  {
    shell,
    subsystem,
    files = [],
  }: { shell: string; subsystem: string; files?: readonly (readonly [string, string])[] },
): Promise<ServerProgram> {
  const { folder, root } = place;
  const { uid, gid } = SERVER_USER;
  const users = join(folder, "passwd");
  const user = `${USERNAME}:*:${uid}:${gid}::${root}:${shell}\n`;
  await writeFile(users, user + (await readFile("/etc/passwd", "utf8")));
  const mounts = [["/etc/passwd", users] as const, ...files];
  const { file, args } = await openSsh(place, port, subsystem);
  const mount = 'while [ "$1" != -- ]; do mount --bind "$2" "$1"; shift 2; done; shift; exec "$@"';
  return { file: "unshare", args: ["--mount", "sh", "-ec", mount, "sh", ...mounts.flat(), "--", file, ...args], port };
}
