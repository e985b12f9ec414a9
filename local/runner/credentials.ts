import { readFile } from "node:fs/promises";
import { utils } from "ssh2";
import { UserError } from "../errors/user-error";
import type { SftpCredentials } from "../transfer/remote-server";

export interface CredentialsResult {
  /** Absent where the environment does not hold enough to log in. */
  readonly credentials?: SftpCredentials;
  /** What to set where credentials are absent, or what holds on this machine only. */
  readonly hint?: string;
}

/**
 * The remote server's credentials: `SFTP_USERNAME` with `SFTP_PASSWORD`, `SFTP_PRIVATE_KEY_FILE` or both. They take the
 * place of the secret's value, and go nowhere but to the connector.
 * @throws UserError for a key file that cannot be used.
 */
export async function credentialsFrom(env: NodeJS.ProcessEnv): Promise<CredentialsResult> {
  const username = env.SFTP_USERNAME ?? "";
  const password = env.SFTP_PASSWORD ?? "";
  const keyFile = env.SFTP_PRIVATE_KEY_FILE ?? "";
  if (username === "" || (password === "" && keyFile === "")) {
    const missing = username === "" ? "SFTP_USERNAME" : "SFTP_PASSWORD or SFTP_PRIVATE_KEY_FILE";
    return { hint: `There are no credentials for the remote server: set ${missing} in the environment.` };
  }
  const login = { username, ...(password === "" ? {} : { password }) };
  if (keyFile === "") {
    return { credentials: login };
  }
  const { privateKey, type } = await readKey(keyFile);
  const hint = CONNECTOR_KEY.test(type)
    ? {}
    : {
        hint: `SFTP_PRIVATE_KEY_FILE is an ${type} key, which serves on this machine only: for AWS, the secret needs an RSA or ECDSA key.`,
      };
  return { credentials: { ...login, privateKey }, ...hint };
}

/** The types with which SFTP connectors log in (Transfer Family user guide, "Security policies for SFTP connectors"). */
const CONNECTOR_KEY = /^(ssh-rsa|ecdsa-)/;

async function readKey(file: string): Promise<{ privateKey: string; type: string }> {
  const key = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`SFTP_PRIVATE_KEY_FILE cannot be read: ${file} (${error.code ?? error.message})`);
  });
  const parsed = utils.parseKey(key);
  if (parsed instanceof Error || !parsed.isPrivateKey()) {
    const problem = parsed instanceof Error ? parsed.message : "it is a public key";
    throw new UserError(
      `SFTP_PRIVATE_KEY_FILE is no usable private key: ${file} (${problem}; allowed: a key without passphrase that begins ` +
        "with -----BEGIN OPENSSH, RSA or EC PRIVATE KEY-----)",
    );
  }
  return { privateKey: key, type: parsed.type };
}
