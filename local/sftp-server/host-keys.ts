import { utils } from "ssh2";

/** New host keys of the two kinds that SFTP connectors can trust, as PEM or OpenSSH private keys. */
export const generateHostKeys = (): string[] => [
  utils.generateKeyPairSync("rsa", { bits: 2048 }).private,
  utils.generateKeyPairSync("ecdsa", { bits: 256 }).private,
];

let ofThisProcess: readonly string[] | undefined;

/** One pair for all servers of this process, made when it is first needed: an RSA key takes a tenth of a second and more. */
export function hostKeysOfThisProcess(): readonly string[] {
  ofThisProcess ??= generateHostKeys();
  return ofThisProcess;
}

/** The public half of a private key: `type base64`. @throws Error for what is no private key */
export function publicKeyOf(privateKey: string): string {
  const key = utils.parseKey(privateKey);
  if (key instanceof Error) {
    throw key;
  }
  return `${key.type} ${key.getPublicSSH().toString("base64")}`;
}
