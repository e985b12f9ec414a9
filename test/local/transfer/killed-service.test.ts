import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { S3Store } from "../../../local/s3/s3-store";
import { type SftpServer, startSftpServer } from "../../../local/sftp-server/sftp-server";
import { tempFolder } from "../../support/temp-folder";
import { BUCKET } from "../s3/s3-endpoint";
import type { Moment } from "./killed-service";
import { startTransfer } from "./local-transfer";

const credentials = { username: "partner", password: "secret" };

describe("a Transfer service that was killed", function () {
  this.timeout(60_000);
  let server: SftpServer;
  let directory: string;
  let stateDir: string;

  beforeEach(async () => {
    const root = tempFolder();
    writeFileSync(join(root, "file"), "content");
    server = await startSftpServer({ root, ...credentials });
    directory = tempFolder();
    stateDir = tempFolder();
  });
  afterEach(() => server.close());

  const connector = () => ({ url: `${server.host}:${server.port}`, trustedHostKeys: server.hostPublicKeys });
  const object = () => join(directory, BUCKET, "files", "file");

  /** @returns the id of the transfer that it was killed at. */
  async function killed(moment: Moment): Promise<string> {
    const setup = JSON.stringify({ moment, directory, stateDir, ...connector() });
    const args = ["--import", require.resolve("tsx"), join(__dirname, "killed-service.ts"), setup];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const signal = new Promise((resolve) => child.once("close", (_code, name) => resolve(name)));
    const [id] = await Promise.all([text(child.stdout), signal]);
    expect(await signal).to.equal("SIGKILL");
    return id.trim();
  }

  /** What a later service says of the transfer. */
  async function answer(id: string) {
    const later = await startTransfer({
      connector: connector(),
      credentials,
      stateDir,
      store: await S3Store.open(directory),
    });
    try {
      return (await later.results(id))[0];
    } finally {
      await later.close();
    }
  }

  it("when its object had appeared and nothing was recorded: the file is transferred", async () => {
    const id = await killed("after");
    expect(readFileSync(object(), "utf8")).to.equal("content");
    expect(await answer(id)).to.deep.equal({ FilePath: "/file", StatusCode: "COMPLETED" });
  });

  it("when its object had not appeared: the file is not transferred, though there is one of the same size", async () => {
    const store = await S3Store.open(directory);
    await store.ensureBucket(BUCKET);
    await store.put(BUCKET, "files/file", "earlier");
    const id = await killed("before");
    expect(readFileSync(object(), "utf8")).to.equal("earlier");
    expect(await answer(id)).to.include({ StatusCode: "FAILED", FailureCode: "TRANSFER_INTERRUPTED" });
  });

  it("and whose object somebody replaced since: the file is not transferred", async () => {
    const id = await killed("after");
    await (await S3Store.open(directory)).put(BUCKET, "files/file", "another");
    expect(await answer(id)).to.include({ StatusCode: "FAILED", FailureCode: "TRANSFER_INTERRUPTED" });
  });
});
