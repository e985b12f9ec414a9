import { readFileSync } from "node:fs";
import { expect } from "chai";
import { type Sshd, startSshd } from "../../../bench/servers/sshd";
import { SECURITY_POLICIES } from "../../../config/fields/security-policy";
import { Connector } from "../../../local/transfer/connector";
import { securityPolicy } from "../../../local/transfer/security-policies";
import { CONNECTOR } from "./local-transfer";

const DEFAULT = "TransferSFTPConnectorSecurityPolicy-2024-03";
const OLD = "TransferSFTPConnectorSecurityPolicy-2023-07";
const FIPS = "TransferSFTPConnectorSecurityPolicy-FIPS-2024-10";

const SERVERS = [
  {
    has: "HostKeyAlgorithms ssh-rsa",
    accepted: [OLD],
    refusal: /no host key of a trusted type \(ssh-rsa, .*rsa-sha2-512/,
  },
  {
    has: "KexAlgorithms diffie-hellman-group14-sha1",
    accepted: [OLD],
    refusal: /it has no key exchange algorithm that/,
  },
  {
    has: "KexAlgorithms curve25519-sha256",
    accepted: [DEFAULT, OLD],
    refusal: /it has no key exchange algorithm that/,
  },
  { has: "KexAlgorithms ecdh-sha2-nistp256", accepted: [FIPS], refusal: /it has no key exchange algorithm that/ },
  { has: "Ciphers aes128-ctr", accepted: [OLD], refusal: /it has no cipher that/ },
  { has: "Ciphers aes256-ctr\nMACs hmac-sha1", accepted: [OLD], refusal: /it has no (MAC|cipher) that/ },
] as const;

describe("security policies", () => {
  it("are known by all names that a definition may have without a warning; another is taken as the default", () => {
    const key = (name: string) => JSON.stringify({ ...securityPolicy(name), name: "" });
    expect(new Set(SECURITY_POLICIES.map(key)).size).to.equal(SECURITY_POLICIES.length);
    expect(key("TransferSFTPConnectorSecurityPolicy-2999-01")).to.equal(key(DEFAULT));
  });

  for (const { has, accepted, refusal } of SERVERS) {
    it(`decide whether a connector talks to a server that has only ${has.replace("\n", ", ")}`, async function () {
      const sshd = await startSshd([has]);
      if (sshd === undefined) {
        this.skip();
      }
      try {
        for (const policy of SECURITY_POLICIES) {
          const { Status, StatusMessage } = await test(sshd, policy);
          if (accepted.some((name) => name === policy)) {
            expect(StatusMessage).to.equal("Connection succeeded");
          } else {
            expect(Status).to.equal("ERROR");
            expect(StatusMessage).to.match(refusal).and.to.include(policy);
          }
        }
      } finally {
        await sshd.close();
      }
    });
  }

  async function test(sshd: Sshd, securityPolicyName: string) {
    const url = `127.0.0.1:${sshd.port}`;
    const credentials = { username: sshd.username, privateKey: readFileSync(sshd.privateKeyFile, "utf8") };
    const options = { id: CONNECTOR, url, trustedHostKeys: sshd.hostPublicKeys, securityPolicyName };
    const connector = new Connector(options, credentials);
    try {
      return await connector.test();
    } finally {
      connector.close();
    }
  }
});
