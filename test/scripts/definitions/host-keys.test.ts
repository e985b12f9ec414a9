import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { utils } from "ssh2";
import { type SftpServer, startSftpServer } from "../../../local/sftp-server/sftp-server";
import { comparison, hostKeyLines } from "../../../scripts/commands/definitions/host-key-text";
import {
  acceptedHostKeys,
  keysByFingerprint,
  knownHostKey,
  serverHostKeys,
} from "../../../scripts/commands/definitions/host-keys";
import {
  compareHostKeys,
  newHostKeys,
  rotateHostKeys,
  type WantedKeys,
} from "../../../scripts/commands/definitions/rotation";
import { errorOf } from "../../support/errors";
import { partnerDefinition } from "../../support/partner-definition";
import { tempFolder } from "../../support/temp-folder";

const never = new AbortController().signal;
const ignore = () => undefined;

describe("host keys of a definition", () => {
  let server: SftpServer;
  let file: string;

  before(async () => {
    const hostKeys = [
      utils.generateKeyPairSync("rsa", { bits: 2048 }).private,
      utils.generateKeyPairSync("ecdsa", { bits: 256 }).private,
      utils.generateKeyPairSync("ed25519").private,
    ];
    server = await startSftpServer({ root: tempFolder(), username: "partner", password: "secret", hostKeys });
  });
  after(() => server.close());

  beforeEach(() => {
    const [rsa = ""] = server.hostPublicKeys;
    file = join(tempFolder(), "partner.yaml");
    const text = partnerDefinition({ ...server, hostPublicKeys: [rsa] });
    const onOneLine = text.replace(/ssh-rsa\s+/, "ssh-rsa ");
    writeFileSync(file, onOneLine.replace("PublicKey:", "# From the owner, by telephone.\nPublicKey:"));
  });

  const url = () => `${server.host}:${server.port}`;

  it("stand beside those that the server shows, by their fingerprints", async () => {
    const compared = await compareHostKeys(file, never, ignore);
    const [rsa, ecdsa, ed25519] = compared.shown.map((key) => key.fingerprint);
    expect(newHostKeys(compared).map(({ fingerprint }) => fingerprint)).to.deep.equal([ecdsa]);
    expect(comparison(compared.shown, compared.trusted).split("\n")).to.deep.equal([
      "In PublicKey, and shown by the server:",
      `  ssh-rsa              ${rsa}`,
      "",
      "Shown by the server, not in PublicKey:",
      `  ecdsa-sha2-nistp256  ${ecdsa}`,
      "",
      "Shown by the server, for comparison only:",
      `  ssh-ed25519          ${ed25519}`,
      "                       AWS Transfer Family does not take this type",
    ]);
  });

  const rotate = (wanted: Partial<WantedKeys>) =>
    rotateHostKeys(
      file,
      { add: false, accept: [], remove: [], ...wanted },
      {
        prompts: () => {
          throw new Error("asks");
        },
        signal: never,
        warn: ignore,
      },
    );

  const fingerprintOf = (line: string | undefined) => knownHostKey(line ?? "").fingerprint;

  it("are added by fingerprint and removed, and the rest of the file stays", async () => {
    const before = readFileSync(file, "utf8");
    const [rsa = "", ecdsa = ""] = server.hostPublicKeys;
    const { added } = await rotate({ accept: [fingerprintOf(ecdsa)] });
    expect(added.map(({ key }) => key)).to.deep.equal([ecdsa]);
    expect(readFileSync(file, "utf8")).to.equal(before.replace(rsa, `${rsa}\n  - ${ecdsa}`));
    await rotate({ remove: [fingerprintOf(rsa)] });
    expect(readFileSync(file, "utf8")).to.equal(before.replace(rsa, ecdsa));
  });

  it("are not added without a word: somebody is asked, or names them", async () => {
    const before = readFileSync(file, "utf8");
    expect((await errorOf(rotate({ add: true }))).message).to.equal("asks");
    const [, , ed25519] = server.hostPublicKeys;
    expect((await errorOf(rotate({ accept: [fingerprintOf(ed25519)] }))).message).to.match(/has no host key SHA256:/);
    expect(readFileSync(file, "utf8")).to.equal(before);
  });

  it("are left alone where they are all there, or never were", async () => {
    const [rsa, ecdsa] = server.hostPublicKeys;
    expect(await rotate({ accept: [fingerprintOf(rsa)] })).to.deep.equal({ added: [], removed: [] });
    expect((await errorOf(rotate({ remove: [fingerprintOf(ecdsa)] }))).message).to.match(
      /^PublicKey of partner has no host key SHA256:/,
    );
  });

  it("never become none: nothing is written then", async () => {
    const before = readFileSync(file, "utf8");
    const [only] = server.hostPublicKeys;
    const { message } = await errorOf(rotate({ remove: [fingerprintOf(only)] }));
    expect(message)
      .to.match(/PublicKey: the server's trusted host keys are missing/)
      .and.to.match(/Nothing was written/);
    expect(readFileSync(file, "utf8")).to.equal(before);
  });

  it("are found by fingerprint, as programs print it; any other one is named with those that there are", async () => {
    const keys = await serverHostKeys(url(), never);
    const [rsa] = keys;
    const hash = rsa?.fingerprint.replace("SHA256:", "") ?? "";
    for (const written of [`SHA256:${hash}`, hash, `${hash}=`]) {
      expect(keysByFingerprint(keys, [written], "it")).to.deep.equal([rsa]);
    }
    expect(() => keysByFingerprint(keys, [`SHA256:${"A".repeat(43)}`], "it")).to.throw(`ssh-rsa SHA256:${hash}`);
    expect(() => keysByFingerprint(keys, ["MD5:00:11"], "it")).to.throw(/no fingerprint \(allowed: SHA256: and 43/);
  });

  it("can only be of types that connectors take", async () => {
    const shown = await serverHostKeys(url(), never);
    expect(acceptedHostKeys(url(), shown).map(({ type }) => type)).to.deep.equal(["ssh-rsa", "ecdsa-sha2-nistp256"]);
    const others = shown.filter(({ type }) => type === "ssh-ed25519");
    expect(() => acceptedHostKeys("sftp.example.com", others)).to.throw(
      /sftp.example.com has no host key that SFTP connectors take \(it has: ssh-ed25519/,
    );
  });

  it("are offered for PublicKey only where it takes them: a server may show one that is too short", async () => {
    const short = await startSftpServer({
      ...{ root: tempFolder(), username: "partner", password: "secret" },
      hostKeys: [
        utils.generateKeyPairSync("rsa", { bits: 768 }).private,
        utils.generateKeyPairSync("ecdsa", { bits: 256 }).private,
      ],
    });
    try {
      const shown = await serverHostKeys(`${short.host}:${short.port}`, never);
      expect(acceptedHostKeys(url(), shown).map(({ type }) => type)).to.deep.equal(["ecdsa-sha2-nistp256"]);
      expect(hostKeyLines(shown)).to.contain(
        "  PublicKey does not take it: the key has 768 bits, and 1024 are the least\n",
      );
      expect(() => acceptedHostKeys("sftp.example.com", shown.slice(0, 1))).to.throw(
        "(it has: ssh-rsa, but the key has 768 bits, and 1024 are the least; allowed:",
      );
    } finally {
      await short.close();
    }
  });
});
