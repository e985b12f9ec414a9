import { once } from "node:events";
import { createServer } from "node:net";
import { expect } from "chai";
import { utils } from "ssh2";
import { SSHD_TITLE, startSshd } from "../../../bench/servers/sshd";
import { publicKeyOf } from "../../../local/sftp-server/host-keys";
import { startSftpServer } from "../../../local/sftp-server/sftp-server";
import { shownHostKeys } from "../../../local/transfer/shown-host-keys";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";

const never = new AbortController().signal;

/** @param keys private ones. @returns what the server shows, and who tried to log in. */
async function shownBy(keys: readonly string[]) {
  const attempts: string[] = [];
  const server = await startSftpServer({
    root: tempFolder(),
    username: "partner",
    password: "pass-phrase-7",
    hostKeys: keys,
    onLoginAttempt: (username) => attempts.push(username),
  });
  try {
    return { shown: await shownHostKeys(`127.0.0.1:${server.port}`, never), attempts, ...server.connections() };
  } finally {
    await server.close();
  }
}

describe("the host keys that a server shows", () => {
  it("are one of each type, also of those that connectors do not take, and nobody tries to log in", async () => {
    const keys = [
      utils.generateKeyPairSync("ed25519").private,
      utils.generateKeyPairSync("rsa", { bits: 2048 }).private,
      utils.generateKeyPairSync("ecdsa", { bits: 256 }).private,
      utils.generateKeyPairSync("ecdsa", { bits: 384 }).private,
      utils.generateKeyPairSync("ecdsa", { bits: 521 }).private,
    ];
    const { shown, attempts } = await shownBy(keys);
    expect(shown.map(({ line }) => line)).to.have.members(keys.map(publicKeyOf));
    expect(shown.map(({ type }) => type)).to.deep.equal([
      "ssh-rsa",
      "ecdsa-sha2-nistp256",
      "ecdsa-sha2-nistp384",
      "ecdsa-sha2-nistp521",
      "ssh-ed25519",
    ]);
    expect(attempts).to.deep.equal([]);
  });

  it("cost a connection for each that there is, and none for those that the server says it does not have", async () => {
    const { shown, total } = await shownBy([utils.generateKeyPairSync("ecdsa", { bits: 256 }).private]);
    expect(shown.map(({ type, signatures }) => ({ type, signatures }))).to.deep.equal([
      { type: "ecdsa-sha2-nistp256", signatures: ["ecdsa-sha2-nistp256"] },
    ]);
    expect(total).to.equal(1);
  });

  it(`are those of ${SSHD_TITLE}`, async function () {
    const sshd = await startSshd();
    if (sshd === undefined) {
      this.skip();
    }
    try {
      const shown = await shownHostKeys(`127.0.0.1:${sshd.port}`, never);
      expect(shown.map(({ line }) => line)).to.include.members([...sshd.hostPublicKeys]);
    } finally {
      await sshd.close();
    }
  });

  it("are none of a place where nothing listens, or something else: the error says which", async () => {
    expect((await errorOf(shownHostKeys("127.0.0.1:1", never))).message).to.match(/nothing listens there/);
    const ftp = createServer((socket) => socket.on("error", () => undefined).end("220 FTP server ready\r\n"));
    ftp.listen(0, "127.0.0.1");
    await once(ftp, "listening");
    const address = ftp.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    try {
      expect((await errorOf(shownHostKeys(`127.0.0.1:${port}`, never))).message).to.match(/it speaks FTP/);
    } finally {
      ftp.close();
    }
  });

  it("are given up at Ctrl-C, while a server is silent", async () => {
    const silent = createServer((socket) => socket.on("error", () => undefined));
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const address = silent.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const interruption = new AbortController();
    silent.once("connection", () => interruption.abort());
    try {
      expect(await errorOf(shownHostKeys(`127.0.0.1:${port}`, interruption.signal))).to.have.property(
        "name",
        "RemoteFailure",
      );
    } finally {
      silent.close();
    }
  });
});
