import { expect } from "chai";
import { describeHostKey, hostKeyAlgorithms, isTrusted } from "../../../local/transfer/host-keys";

describe("host keys", () => {
  it("of a type are negotiated by those of its signature algorithms that are allowed, and by no other", () => {
    const allowed = ["rsa-sha2-256", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp521"] as const;
    expect(hostKeyAlgorithms(["ssh-rsa AAAA"], allowed)).to.deep.equal(["rsa-sha2-256", "ssh-rsa"]);
    expect(hostKeyAlgorithms(["ecdsa-sha2-nistp521 A", "ecdsa-sha2-nistp521 B"], allowed)).to.deep.equal([
      "ecdsa-sha2-nistp521",
    ]);
    expect(hostKeyAlgorithms(["ssh-ed25519 AAAA", "ecdsa-sha2-nistp384 A"], allowed)).to.deep.equal([]);
    expect(hostKeyAlgorithms([], allowed)).to.have.members([...allowed]);
  });

  it("are trusted by type and key, with or without a comment", () => {
    const key = Buffer.concat([Buffer.from([0, 0, 0, 7]), Buffer.from("ssh-rsa"), Buffer.from([1, 2, 3])]);
    const base64 = key.toString("base64");
    expect(isTrusted(key, [`ssh-rsa ${base64} comment`])).to.equal(true);
    expect(isTrusted(key, [`ssh-rsa ${base64.slice(0, -1)}x`, `ssh-dss ${base64}`])).to.equal(false);
    expect(isTrusted(key, [])).to.equal(false);
  });

  it("are told by type and fingerprint, as ssh-keygen prints it", () => {
    const key = Buffer.concat([Buffer.from([0, 0, 0, 7]), Buffer.from("ssh-rsa"), Buffer.from([1, 2, 3])]);
    expect(describeHostKey(key)).to.match(/^ssh-rsa SHA256:[\w+/]{43}$/);
  });
});
