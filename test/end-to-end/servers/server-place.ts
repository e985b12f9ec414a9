import { generateKeyPairSync } from "node:crypto";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publicKeyOf } from "../../../local/sftp-server/host-keys";
import type { RemoteServer } from "../remote-servers";

/** The unprivileged user as whom servers run and clients log in, where this process may choose. */
export const SERVER_USER = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
export const USERNAME = "nobody";
export const PASSWORD = "correct horse";

/** Where servers run, one after the other. */
export interface ServerPlace {
  /** Served. */
  readonly root: string;
  /** For a server's settings; belongs to its user. */
  readonly folder: string;
  /** Private keys in PEM, RSA and ECDSA. */
  readonly hostKeyFiles: readonly string[];
  /** `type base64`, in the same order. */
  readonly hostPublicKeys: readonly string[];
  /** With which clients log in, where they have no password. */
  readonly clientKey: { readonly private: string; readonly public: string };
  /** Removes both folders. */
  remove(): Promise<void>;
}

export async function makePlace(): Promise<ServerPlace> {
  const root = await mkdtemp(join(tmpdir(), "remote-"));
  const folder = await mkdtemp(join(tmpdir(), "server-"));
  await chmod(root, 0o755);
  await give(folder, 0o755);
  const host = [rsaKey(), ecdsaKey()];
  const hostKeyFiles = await Promise.all(
    ["rsa", "ecdsa"].map((type, index) => writePrivate(join(folder, `ssh_host_${type}_key`), host[index] ?? "")),
  );
  const client = rsaKey();
  return {
    root,
    folder,
    hostKeyFiles,
    hostPublicKeys: host.map(publicKeyOf),
    clientKey: { private: client, public: publicKeyOf(client) },
    remove: async () => {
      await rm(root, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A server that runs in a place.
 * @param base what stands before a path of the served folder, as clients see it.
 */
export function remoteServerAt(
  { root, hostPublicKeys, clientKey, remove }: ServerPlace,
  port: number,
  base: string,
): RemoteServer {
  return {
    url: `127.0.0.1:${port}`,
    hostPublicKeys,
    credentials: { username: USERNAME, password: PASSWORD, privateKey: clientKey.private },
    root,
    base,
    close: remove,
  };
}

/** Writes a file that only the server's user reads. */
export async function writePrivate(file: string, text: string | Buffer): Promise<string> {
  await writeFile(file, text);
  await give(file, 0o600);
  return file;
}

async function give(path: string, mode: number): Promise<void> {
  await chmod(path, mode);
  if (SERVER_USER.uid !== undefined) {
    await chown(path, SERVER_USER.uid, SERVER_USER.gid);
  }
}

/** In the older forms, which every server here reads. */
function rsaKey(): string {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  }).privateKey;
}

function ecdsaKey(): string {
  return generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "sec1", format: "pem" },
  }).privateKey;
}
