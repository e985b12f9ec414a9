import { generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import { utils } from "ssh2";
import { connectorKey } from "../../../local/runner/connector-key";

const pem = { type: "pkcs1", format: "pem" } as const;
const publicKeyEncoding = { type: "spki", format: "pem" } as const;

const refused = (text: string) => () => connectorKey(text, "FILE");

describe("connectorKey", () => {
  const rsa = utils.generateKeyPairSync("rsa", { bits: 2048 });
  const ecdsa = utils.generateKeyPairSync("ecdsa", { bits: 521 });

  it("brings OpenSSH's own form into legacy PEM, and says so", () => {
    for (const [{ private: text, public: own }, head] of [
      [rsa, "-----BEGIN RSA PRIVATE KEY-----\n"],
      [ecdsa, "-----BEGIN EC PRIVATE KEY-----\n"],
    ] as const) {
      expect(text).to.match(/^-----BEGIN OPENSSH/);
      const key = connectorKey(text, "FILE");
      expect(key.pem.startsWith(head)).to.equal(true);
      expect(key.notes.join()).to.include("was converted");
      const parsed = utils.parseKey(key.pem);
      if (parsed instanceof Error) {
        throw parsed;
      }
      expect(parsed.getPublicSSH().toString("base64")).to.equal(own.split(" ")[1]);
    }
  });

  it("leaves legacy PEM as it is, but for the ends of lines", () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: pem,
      publicKeyEncoding,
    });
    expect(connectorKey(privateKey.replaceAll("\n", "\r\n"), "FILE")).to.deep.equal({ pem: privateKey, notes: [] });
  });

  it("brings PKCS #8 into legacy PEM", () => {
    const { privateKey } = generateKeyPairSync("ec", {
      namedCurve: "secp384r1",
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding,
    });
    expect(connectorKey(privateKey, "FILE").pem).to.match(/^-----BEGIN EC PRIVATE KEY-----/);
  });

  it("says of a short key that servers may not take it", () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 1024,
      privateKeyEncoding: pem,
      publicKeyEncoding,
    });
    expect(connectorKey(privateKey, "FILE").notes.join()).to.include("has 1024 bits");
  });

  it("refuses keys with a passphrase, in each form", () => {
    const cipher = { cipher: "aes-256-cbc", passphrase: "secret" } as const;
    const encrypted = [
      utils.generateKeyPairSync("rsa", { bits: 2048, passphrase: "secret", cipher: "aes256-ctr", rounds: 1 }).private,
      ...(["pkcs1", "pkcs8"] as const).map(
        (type) =>
          generateKeyPairSync("rsa", {
            modulusLength: 2048,
            privateKeyEncoding: { type, format: "pem", ...cipher },
            publicKeyEncoding,
          }).privateKey,
      ),
    ];
    for (const text of encrypted) {
      expect(refused(text)).to.throw(/^FILE is no key .*: it has a passphrase/);
    }
  });

  it("refuses what no connector takes, and never shows it", () => {
    const ed25519 = utils.generateKeyPairSync("ed25519").private;
    expect(refused(ed25519)).to.throw(/its type is ed25519 \(allowed: an RSA or ECDSA key without passphrase\)/);
    const { privateKey } = generateKeyPairSync("ec", {
      namedCurve: "secp256k1",
      privateKeyEncoding: { type: "sec1", format: "pem" },
      publicKeyEncoding,
    });
    expect(refused(privateKey)).to.throw(/its type is ECDSA on secp256k1/);
    expect(refused(rsa.public)).to.throw(/it is a public key/);
    expect(refused("s3cret"))
      .to.throw(/it cannot be read as a private key/)
      .with.property("message")
      .not.include("s3cret");
    expect(refused("")).to.throw(/it cannot be read/);
  });
});
