import type { CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm } from "ssh2";
import { DEFAULT_SECURITY_POLICY } from "../../config/fields/security-policy";

/** The algorithms that a connector offers a server. */
export interface SecurityPolicy {
  readonly name: string;
  readonly cipher: readonly CipherAlgorithm[];
  readonly kex: readonly KexAlgorithm[];
  readonly hmac: readonly MacAlgorithm[];
  readonly serverHostKey: readonly ServerHostKeyAlgorithm[];
}

const POLICY_2024_03: SecurityPolicy = {
  name: DEFAULT_SECURITY_POLICY,
  cipher: ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes192-ctr", "aes256-ctr"],
  kex: [
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512",
    "diffie-hellman-group-exchange-sha256",
  ],
  hmac: ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"],
  serverHostKey: ["rsa-sha2-512", "rsa-sha2-256", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"],
};

/** As the Transfer Family user guide lists them ("Security policies for AWS Transfer Family SFTP connectors"). */
const POLICIES: readonly SecurityPolicy[] = [
  POLICY_2024_03,
  {
    name: "TransferSFTPConnectorSecurityPolicy-2023-07",
    cipher: [...POLICY_2024_03.cipher, "aes128-ctr"],
    kex: [...POLICY_2024_03.kex, "diffie-hellman-group14-sha1"],
    hmac: [...POLICY_2024_03.hmac, "hmac-sha1", "hmac-sha1-96"],
    serverHostKey: [...POLICY_2024_03.serverHostKey, "ssh-rsa"],
  },
  {
    name: "TransferSFTPConnectorSecurityPolicy-FIPS-2024-10",
    cipher: ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com"],
    kex: ["ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521"],
    hmac: ["hmac-sha2-256", "hmac-sha2-512"],
    serverHostKey: ["rsa-sha2-512", "rsa-sha2-256", "ecdsa-sha2-nistp256"],
  },
];

/** What a policy of this name allows; one that is not known here, what the default one does. */
export function securityPolicy(name: string): SecurityPolicy {
  return POLICIES.find((policy) => policy.name === name) ?? { ...POLICY_2024_03, name };
}
