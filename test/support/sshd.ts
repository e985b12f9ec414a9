import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "./free-port";

const SSHD = ["/usr/sbin/sshd", "/usr/bin/sshd", "/usr/local/sbin/sshd"].find((path) => existsSync(path));

/** Debian's sshd does not start without it, and nothing but its service makes it. */
const PRIVILEGE_SEPARATION_FOLDER = "/run/sshd";

/** Why there is no real sshd here; `undefined` if there is. For `this.skip()`. */
export const noSshdReason: string | undefined =
  SSHD === undefined ? "no OpenSSH sshd is installed" : userInfo().uid === 0 ? undefined : "sshd needs root here";

/** Its name in titles of tests; where there is none, a report thus says why they are skipped. */
export const SSHD_TITLE = `OpenSSH's sshd${noSshdReason === undefined ? "" : ` (skipped: ${noSshdReason})`}`;

export interface Sshd {
  readonly port: number;
  /** `type base64`: RSA and ECDSA. */
  readonly hostPublicKeys: readonly string[];
  readonly username: string;
  /** Logs in as the current user, who sees the whole file system. */
  readonly privateKeyFile: string;
  close(): Promise<void>;
}

const run = promisify(execFile);

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function generateKey(file: string, type: string): Promise<string> {
  await run("ssh-keygen", ["-q", "-t", type, "-N", "", "-C", "", "-f", file]);
  const [kind, base64] = (await readFile(`${file}.pub`, "utf8")).split(" ");
  return `${kind} ${base64?.trim()}`;
}

/**
 * Starts OpenSSH's sshd on the loopback interface, with keys and settings of its own; `undefined` where that cannot be.
 * @param settings further lines of its configuration
 */
export async function startSshd(settings: readonly string[] = []): Promise<Sshd | undefined> {
  if (SSHD === undefined || noSshdReason !== undefined) {
    return undefined;
  }
  await mkdir(PRIVILEGE_SEPARATION_FOLDER, { recursive: true, mode: 0o755 });
  const folder = await mkdtemp(join(tmpdir(), "sshd-"));
  const port = await freePort();
  const hostPublicKeys = [
    await generateKey(join(folder, "host_rsa"), "rsa"),
    await generateKey(join(folder, "host_ecdsa"), "ecdsa"),
  ];
  const privateKeyFile = join(folder, "client");
  await writeFile(join(folder, "authorized_keys"), await generateKey(privateKeyFile, "rsa"));
  await chmod(join(folder, "authorized_keys"), 0o600);
  const config = join(folder, "sshd_config");
  await writeFile(
    config,
    [
      `ListenAddress 127.0.0.1`,
      `Port ${port}`,
      `HostKey ${join(folder, "host_rsa")}`,
      `HostKey ${join(folder, "host_ecdsa")}`,
      `AuthorizedKeysFile ${join(folder, "authorized_keys")}`,
      "PidFile none",
      "StrictModes no",
      "UsePAM no",
      "PermitRootLogin prohibit-password",
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "MaxStartups 100",
      "Subsystem sftp internal-sftp",
      ...settings,
      "",
    ].join("\n"),
  );
  const child = spawn(SSHD, ["-D", "-e", "-f", config], { stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.on("data", (text: Buffer) => {
    log += text.toString();
  });
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill();
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  };
  for (let i = 0; i < 200; i++) {
    if (child.exitCode !== null) {
      break;
    }
    if (await answers(port)) {
      return { port, hostPublicKeys, username: userInfo().username, privateKeyFile, close };
    }
    await sleep(50);
  }
  await close();
  throw new Error(`sshd does not start: ${log}`);
}
