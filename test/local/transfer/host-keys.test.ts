import { expect } from "chai";
import { describeHostKey, hostKeyAlgorithms, isTrusted } from "../../../local/transfer/host-keys";
import { maskFor } from "../../../local/transfer/secret-words";

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

  it("are told with no more of their type than one has, and with nothing in it that a terminal would obey", () => {
    const withType = (type: string) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.byteLength(type, "latin1"));
      return Buffer.concat([length, Buffer.from(type, "latin1")]);
    };
    expect(describeHostKey(withType("a\n\u001b[2J\u0085b"))).to.match(
      /^a\\u000a\\u001b\[2J\\u0085b SHA256:[\w+/]{43}$/,
    );
    expect(describeHostKey(withType("x".repeat(9000)))).to.match(/^x{64}\.\.\. SHA256:[\w+/]{43}$/);
    const mask = maskFor({ username: "partner", password: "correct horse" });
    expect(describeHostKey(withType(`${"x".repeat(58)}correct horse`), mask)).to.match(/^x{58}\*\*\* SHA256:/);
  });
});
