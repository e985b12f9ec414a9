import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect } from "chai";
import { type SftpServer, startSftpServer } from "../../local/sftp-server/sftp-server";
import { type LocalOptions, type LocalResult, runLocal } from "../../scripts/commands/local";
import { FUNCTIONS_DIR } from "../end-to-end/world";
import { errorOf } from "../support/errors";
import { partnerDefinition } from "../support/partner-definition";
import { noStrangers, STRANGER, strangersFolder } from "../support/strangers";
import { tempFolder } from "../support/temp-folder";

const LOGIN = { username: "u", password: "p" };
const STACK = "cdk.tf.json";

/** Puts another server into every stack that it finds, as fast as it can. */
const ATTACK = `
  const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
  const { folder, from, to } = require("node:worker_threads").workerData;
  for (;;) {
    try {
      for (const stack of readdirSync(folder)) {
        const file = folder + "/" + stack + "/${STACK}";
        const text = readFileSync(file, "utf8");
        if (text.endsWith("}") && from.some((one) => text.includes(one))) {
          writeFileSync(file, from.reduce((now, one, index) => now.replaceAll(one, to[index]), text));
        }
      }
    } catch {}
  }`;

describe("runLocal in a data directory that others can reach", function () {
  this.timeout(120_000);
  let server: SftpServer;
  let evil: SftpServer;
  let file: string;

  before(async () => {
    const remote = tempFolder();
    mkdirSync(join(remote, "in"));
    writeFileSync(join(remote, "in", "a.csv"), "alpha");
    server = await startSftpServer({ root: remote, ...LOGIN });
    evil = await startSftpServer({ root: remote, ...LOGIN });
    file = join(tempFolder(), "partner.yaml");
    writeFileSync(file, partnerDefinition(server));
  });

  after(async () => {
    await server?.close();
    await evil?.close();
  });

  const local = (data: string, more: Partial<LocalOptions> = {}): Promise<LocalResult> =>
    runLocal({
      definition: file,
      data,
      functionsDir: FUNCTIONS_DIR,
      env: { SFTP_USERNAME: LOGIN.username, SFTP_PASSWORD: LOGIN.password },
      ...more,
    });

  /** The run's end, and that nobody was asked for anything. */
  async function refusal(data: string): Promise<{ message: string; next: string }> {
    const before = server.connections().total;
    const { runs, failure } = await local(data);
    expect(runs).to.deep.equal([]);
    expect(failure).to.include({ name: "StorageFailure", folder: data });
    expect(server.connections().total).to.equal(before);
    return { message: failure?.message ?? "", next: failure?.next ?? "" };
  }

  it("goes where the definition says, and not where stacks in the directory say", async () => {
    const data = join(tempFolder(), "data");
    const folder = join(data, ".sftp-sync", "stacks", "stacks");
    const [from, to] = [server, evil].map(({ port, hostPublicKeys }) => [`127.0.0.1:${port}`, ...hostPublicKeys]);
    const attack = new Worker(ATTACK, { eval: true, workerData: { folder, from, to } });
    try {
      const { runs, failure } = await local(data);
      expect(failure).to.equal(undefined);
      expect(runs.map(({ status }) => status)).to.deep.equal(["SUCCEEDED"]);
    } finally {
      await attack.terminate();
    }
    expect(evil.connections().total).to.equal(0);
    expect(readFileSync(join(data, "lake", "in", "a.csv"), "utf8")).to.equal("alpha");
  });

  it("works in the user's own directory that a umask of 002 has made", async () => {
    const data = tempFolder();
    chmodSync(data, 0o775);
    const { failure } = await local(data, { dryRun: true });
    expect(failure).to.equal(undefined);
    expect(statSync(join(data, ".sftp-sync")).mode & 0o777).to.equal(0o700);
    // A copy, for whoever wants to look at them.
    const stacks = readdirSync(join(data, ".sftp-sync", "stacks", "stacks"));
    expect(stacks.sort()).to.deep.equal(["server-partner", "shared"]);
  });

  it("refuses folders with a bucket's name, whose files no run has made", async () => {
    const data = tempFolder();
    mkdirSync(join(data, "lake"));
    writeFileSync(join(data, "lake", "thesis.txt"), "my own");
    const error = await errorOf(local(data));
    expect(error).to.include({ name: "UserError" });
    expect(error.message).to.equal(
      `${join(data, "lake")} holds files already, and no run has used the data directory ${data} before`,
    );
    expect(error)
      .to.have.property("next")
      .that.includes(`make the folder ${join(data, ".sftp-sync")}`);
    expect(readdirSync(data)).to.deep.equal(["lake"]);
  });

  describe("another user's", () => {
    before(function () {
      if (noStrangers !== undefined) {
        this.skip();
      }
    });

    it("is refused before anything is sent or written", async () => {
      const data = strangersFolder(0o777);
      const { message, next } = await refusal(data);
      expect(message).to.include(`${data} belongs to user ${STRANGER}`).and.include("(allowed: you, who are user 0;");
      expect(next).to.include("--data DIR").and.not.include("chmod");
      expect(readdirSync(data)).to.deep.equal([]);
    });

    it("is refused where it is only our own folder in one of the user's", async () => {
      const data = tempFolder();
      strangersFolder(0o777, data, ".sftp-sync");
      expect((await refusal(data)).message).to.include(`${join(data, ".sftp-sync")} belongs to user ${STRANGER}`);
    });

    for (const name of ["transfers", "logs", "stacks"]) {
      it(`is refused where it is one of our folders: ${name}`, async () => {
        const data = tempFolder();
        mkdirSync(join(data, ".sftp-sync"));
        strangersFolder(0o777, join(data, ".sftp-sync"), name);
        expect((await refusal(data)).message).to.include(`belongs to user ${STRANGER}`);
      });
    }

    it("is refused where it is a bucket", async () => {
      const data = tempFolder();
      mkdirSync(join(data, ".sftp-sync"));
      strangersFolder(0o777, data, "lake");
      expect((await refusal(data)).message).to.include(`${join(data, "lake")} belongs to user ${STRANGER}`);
    });

    it("is refused where it is the folder that holds the directory", async () => {
      const parent = strangersFolder(0o755);
      expect((await refusal(join(parent, "data"))).message).to.include(`${parent} belongs to user ${STRANGER}`);
    });

    it("is refused where everybody or another group may write, and the user is told what mends it", async () => {
      const data = tempFolder();
      chmodSync(data, 0o777);
      const { message, next } = await refusal(data);
      expect(message).to.include(`everybody may write in ${data} (mode 0777)`);
      expect(next).to.include("chmod go-w");
      chownSync(data, 0, STRANGER);
      chmodSync(data, 0o775);
      expect((await refusal(data)).message).to.include(`group ${STRANGER} may write in ${data} (mode 0775)`);
      expect(readdirSync(data)).to.deep.equal([]);
    });
  });
});
