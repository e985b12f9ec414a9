import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { utils } from "ssh2";
import { UserError } from "../../../local/errors/user-error";
import { credentialsFrom } from "../../../local/runner/credentials";
import { generateHostKeys, publicKeyOf } from "../../../local/sftp-server/host-keys";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";

const [KEY = ""] = generateHostKeys();

async function keyFile(text: string): Promise<string> {
  const file = join(tempFolder(), "key");
  await writeFile(file, text);
  return file;
}

function failure(env: NodeJS.ProcessEnv): Promise<Error> {
  return errorOf(credentialsFrom(env));
}

describe("credentialsFrom", () => {
  it("reads user and password", async () => {
    const result = await credentialsFrom({ SFTP_USERNAME: "u", SFTP_PASSWORD: "p" });
    expect(result).to.deep.equal({ credentials: { username: "u", password: "p" } });
  });

  it("reads a private key from its file", async () => {
    const result = await credentialsFrom({ SFTP_USERNAME: "u", SFTP_PRIVATE_KEY_FILE: await keyFile(KEY) });
    expect(result).to.deep.equal({ credentials: { username: "u", privateKey: KEY } });
  });

  it("says of a key that no connector logs in with that it serves here only", async () => {
    const ed25519 = utils.generateKeyPairSync("ed25519").private;
    const result = await credentialsFrom({ SFTP_USERNAME: "u", SFTP_PRIVATE_KEY_FILE: await keyFile(ed25519) });
    expect(result.credentials).to.deep.equal({ username: "u", privateKey: ed25519 });
    expect(result.hint).to.match(/ssh-ed25519 key.* this machine only.* RSA or ECDSA/);
  });

  it("says which variable is missing, and that empty is missing", async () => {
    expect((await credentialsFrom({ SFTP_PASSWORD: "p" })).hint).to.include("set SFTP_USERNAME");
    expect((await credentialsFrom({ SFTP_USERNAME: "u", SFTP_PASSWORD: "" })).hint).to.include(
      "SFTP_PASSWORD or SFTP_PRIVATE_KEY_FILE",
    );
  });

  it("refuses key files that are not there, no key, or a public key, and never shows their content", async () => {
    const wrong = ["no key at all", publicKeyOf(KEY)];
    const missing = await failure({ SFTP_USERNAME: "u", SFTP_PRIVATE_KEY_FILE: "/nowhere/key" });
    expect(missing).to.be.instanceOf(UserError).with.property("message").that.includes("/nowhere/key (ENOENT)");
    for (const text of wrong) {
      const refused = await failure({ SFTP_USERNAME: "u", SFTP_PRIVATE_KEY_FILE: await keyFile(text) });
      expect(refused).to.be.instanceOf(UserError).with.property("message").that.includes("no usable private key");
      expect(String(refused)).not.to.include(text);
    }
  });

  it("says which form a key has to have where it is PKCS #8, which is PEM as well", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const file = await keyFile(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    const refused = await failure({ SFTP_USERNAME: "u", SFTP_PRIVATE_KEY_FILE: file });
    expect(String(refused)).to.include("begins with -----BEGIN OPENSSH, RSA or EC PRIVATE KEY-----");
  });
});
