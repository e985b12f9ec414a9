import { expect } from "chai";
import { fingerprint, hostKeyAlgorithms, isTrusted } from "../../../local/transfer/host-keys";
import { parseRemoteAddress } from "../../../local/transfer/remote-address";

describe("parseRemoteAddress", () => {
  for (const [url, expected] of Object.entries({
    "sftp.example.com": { host: "sftp.example.com", port: 22 },
    "sftp.example.com:2222": { host: "sftp.example.com", port: 2222 },
    "sftp://sftp.example.com:2222/": { host: "sftp.example.com", port: 2222 },
    "192.0.2.1:22": { host: "192.0.2.1", port: 22 },
    "[2001:db8::1]:2222": { host: "2001:db8::1", port: 2222 },
    "[::1]": { host: "::1", port: 22 },
    "user@host": undefined,
    "host:0": undefined,
    "host:70000": undefined,
    "https://host": undefined,
    "": undefined,
  })) {
    it(`reads "${url}"`, () => {
      expect(parseRemoteAddress(url)).to.deep.equal(expected);
    });
  }
});

describe("host keys", () => {
  it("of a type are negotiated by all its signature algorithms, and by no other", () => {
    expect(hostKeyAlgorithms(["ssh-rsa AAAA"])).to.deep.equal(["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"]);
    expect(hostKeyAlgorithms(["ecdsa-sha2-nistp521 A", "ecdsa-sha2-nistp521 B"])).to.deep.equal([
      "ecdsa-sha2-nistp521",
    ]);
  });

  it("are trusted by type and key, with or without a comment", () => {
    const key = Buffer.concat([Buffer.from([0, 0, 0, 7]), Buffer.from("ssh-rsa"), Buffer.from([1, 2, 3])]);
    const base64 = key.toString("base64");
    expect(isTrusted(key, [`ssh-rsa ${base64} comment`])).to.equal(true);
    expect(isTrusted(key, [`ssh-rsa ${base64.slice(0, -1)}x`, `ssh-dss ${base64}`])).to.equal(false);
    expect(isTrusted(key, [])).to.equal(false);
    expect(fingerprint(key)).to.match(/^SHA256:[\w+/]{43}$/);
  });
});
