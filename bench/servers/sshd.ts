import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port";
import { type ServerProgram, startServerProcess } from "./server-process";

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

async function generateKey(file: string, type: string): Promise<string> {
  await run("ssh-keygen", ["-q", "-t", type, "-N", "", "-C", "", "-f", file]);
  const [kind, base64] = (await readFile(`${file}.pub`, "utf8")).split(" ");
  return `${kind} ${base64?.trim()}`;
}

export interface SshdProps {
  readonly port: number;
  /** For its configuration; whoever logs in can enter it. */
  readonly folder: string;
  readonly hostKeyFiles: readonly string[];
  /** Public keys, each of which every user may log in with. */
  readonly authorizedKeysFile: string;
  /** What serves SFTP; sshd itself by default. */
  readonly subsystem?: string;
  /** Further lines of its configuration. */
  readonly settings?: readonly string[];
}

/**
 * Configures OpenSSH's sshd on the loopback interface. What it is started by is left to the caller.
 * @throws Error where there is none.
 */
export async function sshdProgram(props: SshdProps): Promise<ServerProgram> {
  const { port, folder, hostKeyFiles, authorizedKeysFile, subsystem = "internal-sftp", settings = [] } = props;
  if (SSHD === undefined || noSshdReason !== undefined) {
    throw new Error(noSshdReason);
  }
  await mkdir(PRIVILEGE_SEPARATION_FOLDER, { recursive: true, mode: 0o755 });
  const config = join(folder, "sshd_config");
  await writeFile(
    config,
    [
      `ListenAddress 127.0.0.1`,
      `Port ${port}`,
      ...hostKeyFiles.map((file) => `HostKey ${file}`),
      `AuthorizedKeysFile ${authorizedKeysFile}`,
      "PidFile none",
      "StrictModes no",
      "UsePAM no",
      "PermitRootLogin prohibit-password",
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "MaxStartups 100",
      `Subsystem sftp ${subsystem}`,
      ...settings,
      "",
    ].join("\n"),
  );
  return { file: SSHD, args: ["-D", "-e", "-f", config], port };
}

/**
 * Starts OpenSSH's sshd with keys and settings of its own; `undefined` where that cannot be.
 * @param settings further lines of its configuration
 */
export async function startSshd(settings: readonly string[] = []): Promise<Sshd | undefined> {
  if (noSshdReason !== undefined) {
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "sshd-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const port = await freePort();
    const hostKeyFiles = [join(folder, "host_rsa"), join(folder, "host_ecdsa")];
    const [rsa = "", ecdsa = ""] = hostKeyFiles;
    const hostPublicKeys = [await generateKey(rsa, "rsa"), await generateKey(ecdsa, "ecdsa")];
    const privateKeyFile = join(folder, "client");
    const authorizedKeysFile = join(folder, "authorized_keys");
    await writeFile(authorizedKeysFile, await generateKey(privateKeyFile, "rsa"), { mode: 0o600 });
    const server = await startServerProcess(
      await sshdProgram({ port, folder, hostKeyFiles, authorizedKeysFile, settings }),
    );
    return {
      port,
      hostPublicKeys,
      username: userInfo().username,
      privateKeyFile,
      close: async () => {
        await server.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
