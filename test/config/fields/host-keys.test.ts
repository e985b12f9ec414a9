import { generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import { hostsBeforeKey, missingHostKeys, parseHostKey } from "../../../config/fields/host-keys";
import { ECDSA_KEY, hostKey, outcome, RSA_KEY } from "../support";

const NO_POINT = "the key's base64 does not hold a point of the curve nistp256";

describe("parseHostKey", () => {
  it("takes a real RSA key", () => {
    const { n = "" } = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" });
    const modulus = Buffer.concat([Buffer.from([0]), Buffer.from(n, "base64url")]);
    const key = hostKey("ssh-rsa", Buffer.from([1, 0, 1]), modulus);
    expect(outcome(parseHostKey(key))).to.deep.equal({ value: key, findings: [] });
  });

  for (const [size, bytes] of [
    ["256", 65],
    ["384", 97],
    ["521", 133],
  ] as const) {
    it(`takes an ECDSA key of ${size} bits`, () => {
      const key = hostKey(`ecdsa-sha2-nistp${size}`, `nistp${size}`, Buffer.alloc(bytes, 4));
      expect(outcome(parseHostKey(key))).to.deep.equal({ value: key, findings: [] });
    });
  }

  it("strips a comment", () => {
    expect(outcome(parseHostKey(`${RSA_KEY} root@host, July 2026`))).to.deep.equal({
      value: RSA_KEY,
      findings: ["warning: the comment after the key was removed"],
    });
  });

  it("takes no comment for the key's type", () => {
    expect(outcome(parseHostKey(`${RSA_KEY} ssh-ed25519-x`)).value).to.equal(RSA_KEY);
  });

  it("leaves out the hosts before a key, and says whom they name", () => {
    const line = `[host.example.com]:2222 ${ECDSA_KEY}\n`;
    expect(outcome(parseHostKey(line))).to.deep.equal({ value: ECDSA_KEY, findings: [] });
    expect(hostsBeforeKey(line)).to.equal("[host.example.com]:2222");
    expect(hostsBeforeKey(ECDSA_KEY)).to.equal(undefined);
    expect(hostsBeforeKey(`${ECDSA_KEY} ${RSA_KEY}`)).to.equal(undefined);
  });

  it("strips the comment that ssh-keyscan writes above a key", () => {
    const lines = `# host:22 SSH-2.0-OpenSSH_9.2p1\nhost ${ECDSA_KEY}\n`;
    expect(outcome(parseHostKey(lines))).to.deep.equal({
      value: ECDSA_KEY,
      findings: ["warning: the comment above the key was removed"],
    });
    expect(hostsBeforeKey(lines)).to.equal("host");
  });

  it("takes no host's name for an option of authorized_keys", () => {
    expect(outcome(parseHostKey(`no-oslo ${RSA_KEY}`)).value).to.equal(RSA_KEY);
    expect(outcome(parseHostKey(`no-oslo,192.0.2.1 ${RSA_KEY}`)).value).to.equal(RSA_KEY);
  });

  it("takes no host's name for a key's type", () => {
    expect(outcome(parseHostKey(`ssh-ed25519.example.com ${RSA_KEY}`)).value).to.equal(RSA_KEY);
  });

  const ed25519 = hostKey("ssh-ed25519", Buffer.alloc(32, 7));
  const blob = RSA_KEY.split(" ")[1] ?? "";
  const refused: readonly (readonly [string, string, string])[] = [
    ["an ed25519 key", ed25519, "is an ed25519 key, which SFTP connectors do not support"],
    ["an ed25519 key after a host", `host ${ed25519}`, "is an ed25519 key, which SFTP connectors do not support"],
    [
      "a host certificate",
      `ssh-rsa-cert-v01@openssh.com ${blob}`,
      "is a certificate, and the connector knows no authorities",
    ],
    ["ssh-keyscan's comment alone", "# host:22 SSH-2.0-OpenSSH_9.2p1", "is not an SSH public key"],
    ["a DSA key", `ssh-dss ${blob}`, "is of a type that SFTP connectors do not support"],
    ["a fingerprint", "SHA256:abc", "is a fingerprint, not the key"],
    ["a signature algorithm", `rsa-sha2-512 ${blob}`, "names a signature algorithm; the key's type is ssh-rsa"],
    ["a PEM public key", "-----BEGIN PUBLIC KEY-----", "is a public key in another format"],
    ["no key at all", "hello", "is not an SSH public key"],
    ["a type without a key", "ssh-rsa", "is not an SSH public key"],
    ["damaged base64", `ssh-rsa ${blob.slice(0, -3)}!==`, "the key's base64 is damaged or cut off"],
    ["a key that is cut off", `ssh-rsa ${blob.slice(0, 100)}`, "the key's base64 is damaged or cut off"],
    [
      "a key of another type than stated",
      `ecdsa-sha2-nistp256 ${blob}`,
      "the key's base64 does not hold a key of the type ecdsa-sha2-nistp256",
    ],
    ["a key with a part missing", hostKey("ssh-rsa", "e"), "the key's base64 does not hold a complete key"],
    [
      "a key on another curve",
      hostKey("ecdsa-sha2-nistp256", "nistp384", "x"),
      "the key's base64 does not hold a key on the curve nistp256",
    ],
    ["a key of ECDSA without its point", hostKey("ecdsa-sha2-nistp256", "nistp256", ""), NO_POINT],
    ["a point that is too long", hostKey("ecdsa-sha2-nistp256", "nistp256", Buffer.alloc(97, 4)), NO_POINT],
    ["a compressed point", hostKey("ecdsa-sha2-nistp256", "nistp256", Buffer.alloc(65, 2)), NO_POINT],
    [
      "an RSA key of a few bits",
      hostKey("ssh-rsa", "e", Buffer.from([0, 0x80, 1])),
      "the key has 16 bits, and 1024 are the least",
    ],
    ["several keys, as ssh-keyscan prints them", `h ${RSA_KEY}\nh ${ECDSA_KEY}\n`, "holds more than one key"],
    ["several keys without hosts", `${ECDSA_KEY} ${RSA_KEY}`, "holds more than one key"],
    ["several keys, among them one of ed25519", `h ${RSA_KEY}\nh ${ed25519}\n`, "holds more than one key"],
    [
      "a revoked key",
      `@revoked host ${RSA_KEY}`,
      "carries a marker of known_hosts: a revoked key is not to be trusted, and the connector knows no authorities",
    ],
    ...['command="a b",no-pty', 'from="10.0.0.0/8"', "no-pty", "restrict,pty", "cert-authority"].map(
      (options) =>
        [
          `a key with the options ${options}`,
          `${options} ${RSA_KEY}`,
          "begins with options of authorized_keys: this is a user's key, and not the server's",
        ] as const,
    ),
    [
      "a key of PuTTY's",
      "PuTTY-User-Key-File-3: ssh-rsa",
      "is a private key: it must not be in a file, and is to be replaced",
    ],
    ["a key longer than AWS takes", hostKey("ssh-rsa", "e", Buffer.alloc(2048, 1)), "is longer than 2048 characters"],
  ];
  for (const [what, text, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(outcome(parseHostKey(text))).to.deep.equal({ value: undefined, findings: [`error: ${message}`] });
    });
  }

  it("refuses a private key without showing it", () => {
    const result = parseHostKey("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n");
    expect(outcome(result).findings).to.deep.equal([
      "error: is a private key: it must not be in a file, and is to be replaced",
    ]);
    expect(JSON.stringify(result)).not.to.contain("b3BlbnNz");
  });
});

describe("missingHostKeys", () => {
  const cases: readonly (readonly [string | undefined, string])[] = [
    ["sftp.example.com", "`ssh-keyscan -t rsa,ecdsa sftp.example.com`"],
    ["sftp.example.com:2222", "`ssh-keyscan -p 2222 -t rsa,ecdsa sftp.example.com`"],
    ["[::1]:22", "`ssh-keyscan -t rsa,ecdsa ::1`"],
    [undefined, "`ssh-keyscan -t rsa,ecdsa HOST`"],
  ];
  for (const [url, command] of cases) {
    it(`says how to obtain the keys of ${url ?? "an unknown host"}`, () => {
      expect(missingHostKeys(url).allowed).to.contain(command);
    });
  }
});
