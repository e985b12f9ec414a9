import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { debianServer } from "./debian-server";
import { SERVER_USER, USERNAME, writePrivate } from "./server-place";

const DROPBEAR = "/usr/sbin/dropbear";
/** To Dropbear's own form of a private key. */
const CONVERT = "/usr/lib/dropbear/dropbearconvert";

/** Gives a program users that the system does not have: with a home, and a shell that Dropbear lets in. */
const NSS_WRAPPER = ["x86_64", "aarch64"]
  .map((machine) => `/usr/lib/${machine}-linux-gnu/libnss_wrapper.so`)
  .find((file) => existsSync(file));

/** Its users see the whole file system. */
export const DROPBEAR_WITH_SFTP_SERVER = debianServer({
  title: "Dropbear with OpenSSH's sftp-server",
  package: "dropbear-bin",
  files: [DROPBEAR, CONVERT, "/usr/lib/sftp-server"],
  unavailable: NSS_WRAPPER === undefined ? "there is no libnss_wrapper.so" : undefined,
  login: "key",
  jailed: false,
  program: async ({ folder, hostKeyFiles, clientKey }, port) => {
    const { uid = process.getuid?.(), gid = process.getgid?.() } = SERVER_USER;
    await mkdir(join(folder, ".ssh"), { recursive: true });
    await writePrivate(join(folder, ".ssh", "authorized_keys"), `${clientKey.public}\n`);
    const users = await writePrivate(join(folder, "users"), `${USERNAME}:*:${uid}:${gid}::${folder}:/bin/sh\n`);
    const groups = await writePrivate(join(folder, "groups"), `nogroup:*:${gid}:\n`);
    const hostKeys = await Promise.all(hostKeyFiles.map(convert));
    return {
      file: DROPBEAR,
      args: ["-F", "-E", "-p", `127.0.0.1:${port}`, "-P", "/dev/null", ...hostKeys.flatMap((file) => ["-r", file])],
      port,
      env: { ...process.env, LD_PRELOAD: NSS_WRAPPER, NSS_WRAPPER_PASSWD: users, NSS_WRAPPER_GROUP: groups },
      ...SERVER_USER,
    };
  },
});

async function convert(file: string): Promise<string> {
  const converted = `${file}.dropbear`;
  await promisify(execFile)(CONVERT, ["openssh", "dropbear", file, converted]);
  return writePrivate(converted, await readFile(converted));
}
